"""The preview of the dialog: the email as one chosen recipient will get it."""
