"""Settings: delivery: what was accepted."""
