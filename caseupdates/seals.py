"""Seals: stand in a stored text for a secret that only the installation's key can make again.

A mail waits in the database with `seal-link-…` where its link's token will stand; whoever hands it over breaks
the seals at that moment. So the same bytes go out at each attempt, and a copy of the database opens nothing.
"""

import re

from caseupdates import tokens

LINK = "link"
CODE = "code"
INVITATION = "invitation"
CODE_DIGITS = 8  # of 10^8, with 5 tries per code and 100 per link; OWASP ASVS 5.0, 6.5.4 asks for 20 bits
_SEAL = re.compile(r"seal-(link|code|invitation)-([A-Za-z0-9_-]{43})")


def sealed(kind: str, seal: str) -> str:
    """What stands in a stored text; `seal` is random and 43 characters long (tokens.new)."""
    return f"seal-{kind}-{seal}"


def link_token(key: bytes, seal: str) -> str:
    """The 256-bit token of a link, 64 hex characters."""
    return tokens.derive(key, f"link\n{seal}")


def invitation_token(key: bytes, seal: str) -> str:
    """The 256-bit token of an invitation, 64 hex characters."""
    return tokens.derive(key, f"invitation\n{seal}")


def code(key: bytes, seal: str) -> str:
    """The 8 digits of a verification code, as "12345678"; even over its range to one part in 10^69."""
    number = int(tokens.derive(key, f"code\n{seal}"), 16)
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def spaced(code: str) -> str:
    """A code as people read it: "1234 5678"."""
    return f"{code[:4]} {code[4:]}"


def broken(text: str, key: bytes) -> str:
    """The text with its secrets in it. A seal somebody typed gives a secret that opens nothing: they know none."""

    def secret(found: re.Match[str]) -> str:
        kind, seal = found.groups()
        if kind == CODE:
            return spaced(code(key, seal))
        return link_token(key, seal) if kind == LINK else invitation_token(key, seal)

    return _SEAL.sub(secret, text)
