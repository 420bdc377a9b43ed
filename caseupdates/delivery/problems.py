"""The last problems with mail, the same sentence told once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from caseupdates.delivery.models import Message

LOOKED_THROUGH = 2_000  # of the newest mails; no more, however many there are
PAGE = 6  # sentences told


@dataclass(frozen=True)
class Problem:
    """A sentence, how many of the newest mails it was said of, and the latest of them."""

    says: str
    count: int
    latest_at: datetime
    message_id: int
    recipient: str


def problems(session: Session, *, limit: int = PAGE) -> Sequence[Problem]:
    """What was said of mails lately, the latest first."""
    newest = select(func.max(Message.id)).scalar_subquery()
    said = (
        select(col(Message.detail), func.count(), func.max(_happened_at()).label("at"), func.max(Message.id))
        .where(col(Message.id) > newest - LOOKED_THROUGH, col(Message.detail) != "")
        .group_by(col(Message.detail))
        .order_by(func.max(_happened_at()).desc())
        .limit(limit)
    )
    found = session.execute(said).all()
    those = select(col(Message.id), col(Message.recipient)).where(col(Message.id).in_([row[3] for row in found]))
    recipients = dict(session.execute(those).all())
    return [Problem(says, count, at, id, recipients[id]) for says, count, at, id in found]


def _happened_at() -> ColumnElement[datetime]:
    """When the last problem came up, as far as a mail's facts tell; a pause of the queue made it due at that moment."""
    moments = (
        Message.refused_at, Message.parked_at, Message.failed_at, Message.suppressed_at, Message.complained_at,
        Message.bounced_at, Message.delayed_at, Message.first_attempt_at, Message.due_at, Message.created_at,
    )  # fmt: skip
    return func.coalesce(*moments)
