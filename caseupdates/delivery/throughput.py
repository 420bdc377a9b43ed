"""How much mail the provider accepted lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Integer, cast, extract, func, select
from sqlmodel import Session, col

from caseupdates import clock
from caseupdates.delivery.models import Message

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Bar:
    """Mails accepted in the minute or hour that began at this moment."""

    began_at: datetime
    count: int


def accepted_in(session: Session, span: timedelta) -> int:
    """How many mails were accepted within so long before now."""
    lately = select(func.count()).where(col(Message.accepted_at) > clock.now() - span)
    return int(session.scalar(lately) or 0)


def bars(session: Session, *, each: timedelta, count: int) -> Sequence[Bar]:
    """The last so many minutes or hours, the present one last; reads what was accepted in them alone."""
    width = int(each.total_seconds())
    last = int(clock.now().timestamp()) // width
    first = last - count + 1
    place = cast(extract("epoch", col(Message.accepted_at)), Integer) // width
    lately = col(Message.accepted_at) >= _moment(first * width)
    found = dict(session.execute(select(place, func.count()).where(lately).group_by(place)).all())
    # PostgreSQL rounds half a second up: what it puts beyond the present minute belongs to it.
    found[last] = sum(found.get(each, 0) for each in found if each >= last)
    return [Bar(_moment(each * width), found.get(each, 0)) for each in range(first, last + 1)]


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
