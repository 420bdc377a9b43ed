"""Settings: delivery: single mails."""
