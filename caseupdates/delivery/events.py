"""Events: what the provider reports of a mail, read out of whatever it sent; resend.com/docs/webhooks/event-types.

What it knows of openings and clicks is not read: evidence comes only from what a person did, never from tracking.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from caseupdates import clock
from caseupdates.delivery import reasons
from caseupdates.delivery.mail import TAG

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)  # the provider is younger: what it dates earlier is no date
LONGEST_NAME = 200  # characters of a key or an id; longer is nobody's


class Kind(StrEnum):
    SENT = "email.sent"
    DELAYED = "email.delivery_delayed"
    DELIVERED = "email.delivered"
    SUPPRESSED = "email.suppressed"
    FAILED = "email.failed"
    BOUNCED = "email.bounced"
    COMPLAINED = "email.complained"


@dataclass(frozen=True)
class Event:
    """One report; the moments are the provider's, but never ahead of our clock."""

    id: str  # the same when it is reported again
    kind: Kind
    occurred_at: datetime
    accepted_at: datetime  # when the provider took the mail
    message_key: str  # ours; empty for a mail that is not, or is older than our tags
    provider_id: str
    detail: str = ""  # the problem in plain words
    is_permanent: bool = False  # a bounce that will not pass

    @property
    def disables(self) -> bool:
        """Is nothing to be mailed to the address any more?"""
        return self.kind in {Kind.COMPLAINED, Kind.SUPPRESSED} or (self.kind is Kind.BOUNCED and self.is_permanent)


def read(id: str, body: bytes) -> Event | None:
    """The event in a signed body; None for one that says nothing of how a mail fares. Trusts no type in it."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    given, data = _fields(told), _fields(_fields(told).get("data"))
    kind = _kind(given.get("type"))
    provider_id, key = _name(data.get("email_id")), _tag(data.get("tags"))
    if kind is None or not (provider_id or key) or not 0 < len(id) <= LONGEST_NAME:
        return None
    occurred_at = moment(given.get("created_at")) or clock.now()
    bounce = _fields(data.get("bounce"))
    return Event(
        id, kind, occurred_at, moment(data.get("created_at")) or occurred_at, key, provider_id,
        detail=_detail(kind, data), is_permanent=bounce.get("type") == "Permanent",
    )  # fmt: skip


def moment(given: object) -> datetime | None:
    """A moment of the provider's, in UTC; None for what is none."""
    try:
        told = datetime.fromisoformat(given if isinstance(given, str) else "")
        told = (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return min(told, clock.now()) if told > BEGINNING else None


def usual_detail(kind: Kind) -> str:
    """The problem in plain words, where nothing but its kind is known."""
    return _detail(kind, {})


def _kind(given: object) -> Kind | None:
    return next((kind for kind in Kind if kind == given), None)


def _detail(kind: Kind, data: Mapping[str, Any]) -> str:
    bounce, failed = _fields(data.get("bounce")), _fields(data.get("failed"))
    match kind:
        case Kind.BOUNCED:
            return reasons.bounced(bounce.get("subType"), bounce.get("message"))
        case Kind.FAILED:
            return reasons.failed(failed.get("reason"))
        case Kind.DELAYED:
            return reasons.DELAYED
        case Kind.COMPLAINED:
            return reasons.COMPLAINED
        case Kind.SUPPRESSED:
            return reasons.SUPPRESSED
        case _:
            return ""


def _tag(tags: object) -> str:
    """Our tag, from {"message": key} as events have it or [{"name": "message", "value": key}] as mails do."""
    if isinstance(tags, list):
        return next((_name(_fields(each).get("value")) for each in tags if _fields(each).get("name") == TAG), "")
    return _name(_fields(tags).get(TAG))


def _name(given: object) -> str:
    # PostgreSQL takes no NUL, and nothing that UTF-8 cannot say.
    return given if isinstance(given, str) and len(given) <= LONGEST_NAME and given.isprintable() else ""


def _fields(given: object) -> Mapping[str, Any]:
    return given if isinstance(given, dict) else {}
