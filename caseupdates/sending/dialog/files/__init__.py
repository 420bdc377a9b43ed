"""How the update's files go: attached or as links, until when, and whether a code is asked for."""
