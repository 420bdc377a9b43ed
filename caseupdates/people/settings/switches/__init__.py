"""Settings: notifications."""
