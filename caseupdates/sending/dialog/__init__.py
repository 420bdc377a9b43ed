"""The dialog "Send Update": who on the left, what on the right."""
