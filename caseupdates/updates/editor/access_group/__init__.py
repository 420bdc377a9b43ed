"""The editor's access group."""
