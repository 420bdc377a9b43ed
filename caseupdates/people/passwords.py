"""Passwords: argon2id, at least 12 characters, no composition rules."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from caseupdates.refusals import Invalid

MIN_LENGTH = 12  # characters; NIST SP 800-63B-4 asks for 15 alone or 8 with a second factor, PRODUCT 1.5 for 12
MAX_LENGTH = 256  # characters; more only costs the server time

_hasher = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)  # OWASP Password Storage Cheat Sheet
_NOBODY = _hasher.hash("the password of nobody")


def hashed(password: str) -> str:
    """The argon2id hash to store; raise Invalid for a password too short or too long."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise Invalid(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters. Three or four words make a good one.")
    return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Is this the password? Takes as long for somebody unknown (None) as for somebody known."""
    try:
        _hasher.verify(password_hash or _NOBODY, password[: MAX_LENGTH + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)
