"""What somebody sees who was invited: choose a password."""
