""" "Save these as a group": the people chosen for an update, kept under a name."""
