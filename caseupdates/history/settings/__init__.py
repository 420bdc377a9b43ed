"""Settings: history."""
