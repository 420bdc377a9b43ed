"""Settings: distribution groups."""
