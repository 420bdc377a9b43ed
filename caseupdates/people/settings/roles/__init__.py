"""Settings: roles."""
