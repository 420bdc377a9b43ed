"""Outcomes: what can come of handing a message over, and the facts each leaves on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from caseupdates.delivery import patience
from caseupdates.delivery.models import Message, Pause
from caseupdates.delivery.patience import JITTER, Jitter

WAITING = "Waiting for the mail provider"


@dataclass(frozen=True)
class Accepted:
    """The provider has it."""

    provider_id: str
    is_final: bool = False  # nothing more will ever be known of it


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
class Paused:
    """The provider took nothing and will take nothing of anybody before `after` is over: the whole queue waits."""

    why: str
    after: timedelta
    pause: Pause


@dataclass(frozen=True)
class Unknown:
    """It may have been taken: only the same key makes another attempt safe."""

    why: str = f"{WAITING}."
    after: timedelta | None = None


@dataclass(frozen=True)
class Parked:
    """No attempt can help until a person has looked."""

    why: str


Outcome = Accepted | Refused | TryAgain | Paused | Unknown | Parked


def note(
    message: Message, outcome: Outcome, *, at: datetime, was_uncertain: bool = False, jitter: Jitter = JITTER
) -> None:
    """Write the outcome of the latest attempt into the message's facts.

    What was certainly not taken leaves its batch, unless an earlier attempt of that batch may have been (`was_uncertain`).
    """
    if isinstance(outcome, TryAgain | Paused) and not was_uncertain:
        message.batch_id = None
    match outcome:
        case Accepted(provider_id):
            message.accepted_at, message.provider_id, message.due_at, message.detail = at, provider_id, None, ""
        case Refused(why):
            message.refused_at, message.due_at, message.detail = at, None, why
        case Parked(why):
            message.parked_at, message.due_at, message.detail = at, None, why
        case Paused(why):  # says nothing of this mail: the attempt does not count
            message.attempts, message.first_attempt_at = 0, None
            message.due_at, message.detail = at, why
        case TryAgain(why, after) | Unknown(why, after):
            _wait(message, why, at=at, until=at + patience.pause(message.attempts, after, jitter=jitter))


def _wait(message: Message, why: str, *, at: datetime, until: datetime) -> None:
    if verdict := patience.given_up(message, at=until):
        # While it is in a batch the provider may have it: nobody must read that it was not taken.
        message.parked_at, message.due_at, message.detail = at, None, patience.NOT_SURE if message.batch_id else verdict
    else:
        message.due_at, message.detail = until, why
