"""Sending: who can receive an update, the transaction that sends it, undo, and what became of it."""
