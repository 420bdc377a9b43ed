"""Delivery: the outbox, the worker that empties it, and the mailers it hands messages to."""
