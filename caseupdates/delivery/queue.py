"""The queue as an operator sees it: where mail that has not ended stands, how much of it, and since when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Case, case, func, literal, null, select
from sqlmodel import Session, col

from caseupdates import clock
from caseupdates.delivery.models import Batch, Lane, Message


class Place(StrEnum):
    """Where a mail stands that is neither with the provider for good nor given up."""

    LATER = "later"  # not due yet: it can still be undone
    DUE = "due"
    UNDER_WAY = "under way"  # handed to the provider at this moment
    AGAIN = "again"  # the provider did not take it, or may have; to be tried again
    PARKED = "parked"  # for a person to decide


@dataclass(frozen=True)
class Standing:
    count: int = 0
    oldest: datetime | None = None  # when the one that has waited longest was put in; of those parked, was parked
    due: datetime | None = None  # since when one may be taken, or when the first may


Queue = dict[tuple[Place, Lane], Standing]


def queue(session: Session) -> Queue:
    """How many mails stand where, by lane; places without any are left out. Reads open and parked mails alone."""
    # The lanes are named because the index of what is open begins with them.
    is_open = (col(Message.lane).in_(list(Lane)), col(Message.due_at).is_not(None))
    first = func.min(Message.created_at), func.min(Message.due_at)
    of_open = (
        select(_place().label("place"), col(Message.lane), func.count(), *first)
        .outerjoin(Batch, col(Batch.id) == Message.batch_id)
        .where(*is_open)
        .group_by("place", col(Message.lane))
    )
    of_parked = (
        select(literal(Place.PARKED.value), col(Message.lane), func.count(), func.min(Message.parked_at), null())
        .where(col(Message.parked_at).is_not(None))
        .group_by(col(Message.lane))
    )
    rows = [*session.execute(of_open), *session.execute(of_parked)]
    return {(Place(place), lane): Standing(*those) for place, lane, *those in rows}


def total(found: Queue, *places: Place) -> Standing:
    """What stands at these places, of both lanes."""
    those = [each for (place, _), each in found.items() if place in places]
    oldest = min((each.oldest for each in those if each.oldest), default=None)
    due = min((each.due for each in those if each.due), default=None)
    return Standing(sum(each.count for each in those), oldest, due)


def _place() -> Case[Any]:
    now = clock.now()
    is_held, may_have_left = col(Batch.leased_until) > now, col(Message.batch_id).is_not(None)
    was_tried = may_have_left | (col(Message.attempts) > 0)
    return case(
        (is_held, Place.UNDER_WAY.value),
        (was_tried, Place.AGAIN.value),
        (col(Message.due_at) > now, Place.LATER.value),
        else_=Place.DUE.value,
    )
