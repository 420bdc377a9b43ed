"""Settings: the firm."""
