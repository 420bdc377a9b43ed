"""Notifications: what a person is told inside the product, always, whether or not by email too."""
