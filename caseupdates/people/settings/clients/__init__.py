"""Settings: clients."""
