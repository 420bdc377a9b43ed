"""The mails that were accepted, and how often each that carries a reference was."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tests.provider.validation import Mail, addresses, bare

REFERENCE = "message"  # the tag by which our mails are known again


class Accepted(NamedTuple):
    id: str
    at: float  # seconds since 1970
    reference: str  # "" without the tag
    mail: Mail


class Ledger:
    def __init__(self) -> None:
        self._start = secrets.token_hex(4)
        self.mails: dict[str, Accepted] = {}
        self.references: Counter[str] = Counter()
        self.first_at = self.last_at = 0.0

    def add(self, mails: Iterable[Mail], at: float, keeps_bodies: bool) -> list[Accepted]:
        self.first_at, self.last_at = self.first_at or at, at
        return [self._add(mail, at, keeps_bodies) for mail in mails]

    def per_recipient(self) -> Counter[tuple[str, str]]:
        return Counter((each.reference, to) for each in self.mails.values() for to in recipients(each.mail))

    def _add(self, mail: Mail, at: float, keeps_bodies: bool) -> Accepted:
        if not keeps_bodies:
            mail = {name: value for name, value in mail.items() if name not in ("html", "text", "attachments")}
        reference = reference_of(mail)
        accepted = Accepted(f"{self._start}-0000-4000-8000-{len(self.mails):012x}", at, reference, mail)
        self.mails[accepted.id] = accepted
        if reference:
            self.references[reference] += 1
        return accepted


def reference_of(mail: Mail) -> str:
    return next((tag["value"] for tag in mail.get("tags") or () if tag["name"] == REFERENCE), "")


def recipients(mail: Mail) -> Iterator[str]:
    for name in ("to", "cc", "bcc"):
        for each in addresses(mail.get(name)):
            yield bare(each)
