"""Idempotency keys: what was asked under each in the last 24 hours, and what was answered."""

from hashlib import sha256
from typing import NamedTuple

from tests.provider.answers import Answer, Refused

LIFE = 24 * 60 * 60.0  # seconds
LONGEST = 256  # characters


class _Entry(NamedTuple):
    asked: bytes
    since: float
    answer: Answer | None  # None while the first request is in progress


class Keys:
    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def claim(self, key: str, path: str, body: bytes, now: float) -> Answer | None:
        """The first answer again; or None, and the key is taken until `keep` or `drop`."""
        if not 0 < len(key) <= LONGEST:
            raise Refused(400, "invalid_idempotency_key", f"A key has 1 to {LONGEST} characters.")
        asked = sha256(path.encode() + b"\n" + body).digest()
        known = self._entries.get(key)
        if known is None or now - known.since >= LIFE:
            self._entries[key] = _Entry(asked, now, None)
            return None
        if known.asked != asked:
            raise Refused(409, "invalid_idempotent_request", "This key was used with another request.")
        if known.answer is None:
            raise Refused(409, "concurrent_idempotent_requests", "The first request with this key is in progress.")
        return known.answer

    def keep(self, key: str, answer: Answer) -> None:
        if key in self._entries:  # not when all was forgotten in between
            self._entries[key] = self._entries[key]._replace(answer=answer)

    def drop(self, key: str) -> None:
        del self._entries[key]
