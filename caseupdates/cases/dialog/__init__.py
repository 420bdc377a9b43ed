"""The dialog of a case: a new one, or what one is called; closing it."""
