"""Outcomes: what can come of handing a message over, and the facts each leaves on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from caseupdates.delivery import patience
from caseupdates.delivery.models import Message
from caseupdates.delivery.patience import JITTER, Jitter

WAITING = "Waiting for the mail provider"


@dataclass(frozen=True)
class Accepted:
    """The provider has it."""

    provider_id: str


@dataclass(frozen=True)
class Refused:
    """The provider will never take it."""

    why: str


@dataclass(frozen=True)
class TryAgain:
    """The provider certainly did not take it, and may later; `after` is its own word on when."""

    why: str = f"{WAITING}."
    after: timedelta | None = None


@dataclass(frozen=True)
class Unknown:
    """It may have been taken: only the same key makes another attempt safe."""

    why: str = f"{WAITING}."
    after: timedelta | None = None


@dataclass(frozen=True)
class Parked:
    """No attempt can help until a person has looked."""

    why: str


Outcome = Accepted | Refused | TryAgain | Unknown | Parked


def note(message: Message, outcome: Outcome, *, at: datetime, jitter: Jitter = JITTER) -> None:
    """Write the outcome of the latest attempt into the message's facts."""
    message.leased_until = None
    if not isinstance(outcome, Unknown) and message.uncertain_since == message.attempted_at:
        message.uncertain_since = None
    match outcome:
        case Accepted(provider_id):
            message.accepted_at, message.provider_id, message.due_at, message.detail = at, provider_id, None, ""
        case Refused(why):
            message.refused_at, message.due_at, message.detail = at, None, why
        case Parked(why):
            message.parked_at, message.due_at, message.detail = at, None, why
        case TryAgain(why, after) | Unknown(why, after):
            _wait(message, why, at=at, until=at + patience.pause(message.attempts, after, jitter=jitter))


def _wait(message: Message, why: str, *, at: datetime, until: datetime) -> None:
    if verdict := patience.given_up(message, at=until):
        message.parked_at, message.due_at, message.detail = at, None, verdict
    else:
        message.due_at, message.detail = until, why
