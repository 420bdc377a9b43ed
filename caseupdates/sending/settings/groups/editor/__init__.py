"""The dialog in which a distribution group is made and changed."""
