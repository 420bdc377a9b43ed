"""Due: what in the outbox may leave now, and when something will; as quick with a million old mails as with none.

Its statements are written once: building them anew for each request took longer than their work.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Row, Select, bindparam, select
from sqlmodel import Session, col

from caseupdates.delivery.models import Lane, Message, Payload

NOW = bindparam("now", type_=DateTime(timezone=True))
# Of mails that are known by something else: so said that PostgreSQL does not look for them among all that are open.
IS_OPEN = col(Message.due_at).is_(None).is_(False)
LETTER: list[Any] = [col(each) for each in (Message.id, Message.key, Message.recipient, Message.topic)]
SAYS: list[Any] = [col(Payload.content), col(Payload.sha256)]

_TRAVELS: list[Any] = [col(each) for each in (Message.id, Message.lane, Message.batch_id, Message.goes_alone)]
_IN_TURN = (col(Message.lane), col(Message.due_at), col(Message.id))  # "code" sorts before "mail"
_IS_DUE = col(Message.due_at) <= NOW
_LOCK: dict[str, Any] = {"skip_locked": True, "of": Message}  # PostgreSQL; SQLite has one writer at a time


def _with_payload(chosen: Select[Any]) -> Select[Any]:
    """Joined to the few that were chosen: PostgreSQL would sort the payloads of all that wait."""
    those = chosen.with_for_update(**_LOCK).subquery()
    return select(those, *SAYS).join(Payload, col(Payload.message_id) == those.c.id)


_IN_LANES = col(Message.lane).in_(bindparam("lanes", expanding=True))
_FIRST: Select[Any] = select(*_TRAVELS).where(_IN_LANES, _IS_DUE).order_by(*_IN_TURN).limit(1).with_for_update(**_LOCK)
_IN_LANE = col(Message.lane) == bindparam("lane")
_NEW: Select[Any] = (
    select(*LETTER, col(Message.useless_after))
    .where(_IN_LANE, _IS_DUE, col(Message.batch_id).is_(None))
    .order_by(*_IN_TURN)
)
_ALONE = _with_payload(_NEW.where(col(Message.id) == bindparam("first")))
_TOGETHER = _with_payload(_NEW.where(~col(Message.goes_alone)).limit(bindparam("largest")))
_NEXT: Select[Any] = (
    select(col(Message.due_at))
    .where(_IN_LANE, col(Message.due_at).is_not(None))
    .order_by(col(Message.due_at))
    .limit(1)
)  # fmt: skip


def first_due(session: Session, lanes: Collection[Lane], *, now: datetime) -> Row[Any] | None:
    """What has been due for longest, codes first: id, lane, batch_id, goes_alone."""
    return session.execute(_FIRST, {"lanes": list(lanes), "now": now}).first()


def due_with(session: Session, first: Row[Any], *, now: datetime, largest: int) -> Sequence[Row[Any]]:
    """All that can go in one request with it, and itself: LETTER, useless_after, SAYS."""
    if first.goes_alone:
        return session.execute(_ALONE, {"lane": first.lane, "now": now, "first": first.id}).all()
    return session.execute(_TOGETHER, {"lane": first.lane, "now": now, "largest": largest}).all()


def next_due(session: Session, *, lanes: Collection[Lane] = tuple(Lane)) -> datetime | None:
    """When there will be something to claim; None while nothing waits."""
    found = [session.scalar(_NEXT, {"lane": lane}) for lane in lanes]
    return min(filter(None, found), default=None)
