"""Settings: access groups."""
