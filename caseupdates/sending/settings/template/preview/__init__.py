"""What the typed template makes of an update, live."""
