"""History: what happened, who did it, when; appended, never changed."""
