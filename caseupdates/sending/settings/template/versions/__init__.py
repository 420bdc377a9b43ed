"""The versions of the email template, to look at and to restore."""
