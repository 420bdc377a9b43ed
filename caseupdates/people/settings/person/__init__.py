"""Settings: person."""
