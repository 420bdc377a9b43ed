"""Show Recipients: what became of each sending, person by person."""
