"""The lines "Not yet opened" and "Links ending this week" beside a case's updates."""
