"""Random secrets, how they are stored (hashed), and what is derived from the installation's key."""

import hashlib
import hmac
import secrets

TOKEN_BYTES = 32  # 256 bits; OWASP ASVS 5.0, 7.2.3 asks for at least 128


def new() -> str:
    """A fresh secret for a cookie or a link, URL-safe, 43 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What the database keeps of a token: its SHA-256, 64 hex characters."""
    return hashlib.sha256(token.encode()).hexdigest()


def derive(key: bytes, purpose: str) -> str:
    """A secret that needs no storage: HMAC-SHA-256 of its purpose under the installation's key, hex."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).hexdigest()


def same(given: str, expected: str) -> bool:
    """Compare without telling by time how much was right."""
    return hmac.compare_digest(given.encode(), expected.encode())
