"""The pages of this room under /settings."""
