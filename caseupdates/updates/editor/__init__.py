"""The editor: write, edit, reply, with preview and a kept draft."""
