"""The dialog "Assign people": whom, in which group, and who is primary."""
