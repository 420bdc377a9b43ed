"""The events that are still to be delivered, and when each is tried (again)."""

import heapq
import random
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.provider.answers import Headers
from tests.provider.events import Rules, Step, an_event, script
from tests.provider.ledger import Accepted, recipients
from tests.provider.settings import Settings
from tests.provider.signatures import signed

# Seconds from the failure of one attempt to the next, docs/webhooks/retries-and-replays; the first is immediate.
RETRIES = (5.0, 5 * 60.0, 30 * 60.0, 2 * 3600.0, 5 * 3600.0, 10 * 3600.0, 10 * 3600.0)


class Event(NamedTuple):
    due: float
    number: int
    mail: Accepted
    to: str
    step: Step
    at: float
    attempts: int = 0

    def webhook(self, secret: str, now: float) -> tuple[Headers, bytes]:
        """Signed anew at each attempt, under the same id."""
        mail = self.mail.mail
        tags = {tag["name"]: tag["value"] for tag in mail.get("tags") or ()}
        event = an_event(
            email_id=self.mail.id, to=self.to, sender=mail["from"], subject=mail["subject"], tags=tags,
            at=self.at, accepted_at=self.mail.at, **self.step,
        )  # fmt: skip
        return signed(event, secret, at=now, id=f"msg_{self.mail.id[:8]}{self.number:012x}")


class Webhooks:
    def __init__(self) -> None:
        self._waiting: list[Event] = []
        self._number = 0
        self._random = random.Random(0)
        self.tallies: Counter[str] = Counter()

    def expect(self, mails: Iterable[Accepted], rules: Rules, delay: float) -> None:
        """Note what will happen to these mails."""
        for mail in mails:
            for to in recipients(mail.mail):
                for place, each in enumerate(script(to, rules)):
                    self._number += 1
                    at = mail.at + place * delay
                    heapq.heappush(self._waiting, Event(at, self._number, mail, to, each, at))

    def take(self, now: float, settings: Settings) -> list[Event]:
        """The events whose time has come, as often and in the order that the settings want."""
        if settings.events_held or not self._waiting:
            return []
        taken = []
        while self._waiting and self._waiting[0].due <= now:
            taken.append(heapq.heappop(self._waiting))
        fresh = [each for each in taken if not each.attempts]
        taken += fresh * (settings.events_repeated - 1)
        if settings.events_shuffled:
            self._random.shuffle(taken)
        return taken

    def settle(self, event: Event, is_taken: bool, now: float, speed: float) -> None:
        self.tallies["attempts"] += 1
        if is_taken:
            self.tallies["delivered"] += 1
        elif event.attempts < len(RETRIES):
            due = now + RETRIES[event.attempts] / speed
            heapq.heappush(self._waiting, event._replace(due=due, attempts=event.attempts + 1))
        else:
            self.tallies["given_up"] += 1

    def count(self) -> dict[str, int]:
        return {"waiting": len(self._waiting), **self.tallies}
