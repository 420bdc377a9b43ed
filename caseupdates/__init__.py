"""Case Updates: write an update on a case, validate it, send it, prove who received what."""
