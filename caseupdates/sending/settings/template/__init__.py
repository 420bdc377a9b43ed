"""Settings: email template."""
