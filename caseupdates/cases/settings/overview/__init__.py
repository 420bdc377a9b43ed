"""Settings: the overview, and the first steps of a new installation."""
