"""The case update email template: a language of variables and conditions, its versions, and how it becomes a mail."""
