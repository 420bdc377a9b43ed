"""Histories of events, made up: what the provider may report of one mail, in any order, any of it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from caseupdates.delivery import reasons
from caseupdates.delivery.events import Event, Kind
from caseupdates.delivery.journey import journey
from caseupdates.delivery.models import Message

FACTS = (
    "accepted_at", "provider_id", "ask_at", "delivered_at", "delayed_at", "bounced_at", "complained_at", "failed_at",
    "suppressed_at", "refused_at", "parked_at", "cancelled_at", "due_at", "detail", "batch_id",
)  # fmt: skip
KINDS = list(Kind)


@dataclass(frozen=True)
class History:
    """Events as they happened, and as they came: shuffled, some of them several times."""

    happened: list[Event]
    came: list[Event]

    @property
    def disabled_at(self) -> datetime | None:
        return min((each.occurred_at for each in self.happened if each.disables), default=None)


def history(random: Random, key: str, written_at: datetime) -> History:
    """Up to nine events within days of the writing, some at the same moment and some dated before it."""
    accepted_at = written_at + timedelta(seconds=random.randint(-60, 60))
    happened = sorted(
        (_event(random, key, place, accepted_at) for place in range(random.randint(1, 9))),
        key=lambda each: each.occurred_at,
    )
    came = [each for each in happened for _ in range(random.choice((1, 1, 1, 2, 3)))]
    random.shuffle(came)
    return History(happened, came)


def _event(random: Random, key: str, place: int, accepted_at: datetime) -> Event:
    kind = random.choice(KINDS)
    subtype = random.choice((None, *reasons.BY_SUBTYPE, "General"))
    details = {Kind.BOUNCED: reasons.bounced(subtype, f"5.{random.randint(0, 3)}"), Kind.DELIVERED: "", Kind.SENT: ""}
    return Event(
        f"msg_{key}_{place}", kind, accepted_at + timedelta(minutes=random.choice((-5, 0, 1, 1, 2, 600, 3000))), accepted_at,
        key, f"re_{key}", detail=details.get(kind, kind.value), is_permanent=random.random() < 0.5,
    )  # fmt: skip


def facts_of(message: Message) -> dict[str, Any]:
    """All that can change about a message, and what people are told of it."""
    seen = journey(message)
    return {name: getattr(message, name) for name in FACTS} | {"steps": seen.steps, "said": seen.detail}
