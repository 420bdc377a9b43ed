"""How far a recipient has come with a link, as Show Recipients says it."""
