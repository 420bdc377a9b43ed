"""Parcels: what goes to the provider in one request, and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from caseupdates.delivery.models import Lane
from caseupdates.delivery.outcomes import Outcome


class Letter(NamedTuple):
    """A mail as it stands in a parcel; the payload's secrets are sealed."""

    id: int
    key: str
    recipient: str
    topic: str  # bell topic of whoever watches it
    payload: str


@dataclass(frozen=True)
class Parcel:
    """A batch that was claimed: the same key and the same letters in the same order at every attempt."""

    batch_id: int
    lease: int
    lane: Lane
    key: str
    letters: Sequence[Letter]


@dataclass(frozen=True)
class Limits:
    """What an answer's headers say of the account."""

    requests_a_second: int | None = None
    remaining: int | None = None  # requests left in the present second
    clock_off: timedelta | None = None  # by which our clock is ahead of the provider's


@dataclass(frozen=True)
class Answer:
    """One outcome for each letter, in their order, or one that is the same for all."""

    outcomes: Sequence[Outcome] | Outcome
    limits: Limits | None = None  # None when nobody answered
