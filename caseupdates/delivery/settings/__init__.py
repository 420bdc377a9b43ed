"""Settings: delivery."""
