"""The tab "Assigned": who is on a case, and in what capacity."""
