"""People: persons, roles, access levels, sign-in, sessions, preferences."""
