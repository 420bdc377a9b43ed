"""Files: uploads, storage by content hash, what a file is, and who may have it."""
