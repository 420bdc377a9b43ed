"""Fates: what the provider answers when it is asked how a mail fares."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from caseupdates.delivery.events import Kind


@dataclass(frozen=True)
class Fate:
    kind: Kind | None  # None while nothing is known
    accepted_at: datetime | None


class Untold(Enum):
    """Why it does not say."""

    NO_SUCH_MAIL = auto()
    NOT_ALLOWED = auto()  # with a key that may only send
    NOT_NOW = auto()
