"""Interface: who may call what, the page frame, shared parts, HTTP assembly, security headers."""
