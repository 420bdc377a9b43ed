"""Claiming: a worker takes due messages as one request; nobody else does for as long as its lease lasts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlmodel import Session, col

from caseupdates import bell, clock, tokens
from caseupdates.database import FRESH
from caseupdates.delivery import due, outcomes, patience
from caseupdates.delivery.models import Batch, Lane, Message, Payload
from caseupdates.delivery.outcomes import Parked
from caseupdates.delivery.parcels import Letter, Parcel

LEASE = timedelta(seconds=90)  # longer than one handing over may take (worker.TOO_LONG) and its recording
LARGEST = 100  # mails in a request; Resend, "Send Batch Emails"
CHANGED = "This mail was changed after it was written. It was not sent."
CHANGED_SINCE = "This mail was changed after it was handed over. It is not certain whether it arrived."

_MAKE = insert(Batch).returning(col(Batch.id))
_TAKE = (
    update(Message)
    .where(col(Message.id).in_(bindparam("ids", expanding=True)))
    .values(
        batch_id=bindparam("batch"), due_at=bindparam("until"), attempts=Message.attempts + 1,
        first_attempt_at=func.coalesce(Message.first_attempt_at, due.NOW),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """What a worker took: a parcel, messages that were given up instead, or neither when nothing is due."""

    parcel: Parcel | None = None
    given_up: Sequence[Message] = ()

    def __bool__(self) -> bool:
        return bool(self.parcel or self.given_up)


def claim(session: Session, *, lanes: Collection[Lane] = tuple(Lane), leaves_at: datetime | None = None) -> Claim:
    """Take what has been due for longest, codes first: a batch again, or new messages as one.

    Only in a `writing` transaction that is committed before the parcel is handed over, at `leaves_at` or at once.
    """
    now = clock.now()
    first = due.first_due(session, lanes, now=now)
    if first is None:
        return Claim()
    if first.batch_id is not None:
        return _again(session, first.batch_id, first.lane, now=now, leaves_at=leaves_at or now)
    return _new(session, first, now=now, leaves_at=leaves_at or now)


def _new(session: Session, first: Row[Any], *, now: datetime, leaves_at: datetime) -> Claim:
    """Due messages as the first one travels: alone, or with all that can."""
    rows = due.due_with(session, first, now=now, largest=LARGEST)
    hopeless = {row.id: verdict for row in rows if (verdict := _objection(row, now=now))}
    good = [row for row in rows if row.id not in hopeless]
    given_up = _give_up(session, hopeless, now=now)
    if not good:
        return Claim(None, given_up)
    key, until = tokens.new(), now + LEASE
    # Past the session, which costs more than the statements.
    made = {"key": key, "created_at": now, "attempted_at": leaves_at, "lease": 1, "leased_until": until}
    batch_id = session.connection().execute(_MAKE, made).scalar_one()
    taken = {"ids": [row.id for row in good], "batch": batch_id, "until": until, "now": now}
    session.connection().execute(_TAKE, taken)
    return Claim(Parcel(batch_id, 1, first.lane, key, _letters(good)), given_up)


def _again(session: Session, batch_id: int, lane: Lane, *, now: datetime, leaves_at: datetime) -> Claim:
    """The same request once more, its accepted messages with it; given up when the key no longer protects anybody."""
    mine = select(Batch).where(col(Batch.id) == batch_id).with_for_update(skip_locked=True)
    batch = session.execute(mine, execution_options=FRESH).scalar()
    if batch is None:
        return Claim()
    if batch.leased_until is not None and batch.leased_until > now:
        _postpone(session, batch_id, batch.leased_until)
        return Claim()
    rows = session.execute(
        select(*due.LETTER, *due.SAYS)
        .join(Payload, col(Payload.message_id) == Message.id)
        .where(col(Message.batch_id) == batch_id)
    ).all()
    verdict = "" if patience.key_protects(batch, at=now) else patience.NOT_SURE
    if any(tokens.digest(row.content) != row.sha256 for row in rows):
        verdict = CHANGED_SINCE
    if verdict:
        return Claim(None, _give_up(session, dict.fromkeys([row.id for row in rows], verdict), now=now))
    until = now + LEASE
    batch.lease, batch.leased_until, batch.attempted_at = batch.lease + 1, until, leaves_at
    session.add(batch)
    _postpone(session, batch_id, until, attempts=Message.attempts + 1)
    return Claim(Parcel(batch.id, batch.lease, lane, batch.key, _letters(rows)))


def _postpone(session: Session, batch_id: int, until: datetime, **counted: Any) -> None:
    """What is open in a batch stands in nobody's way while a worker has it in hand."""
    still_open = update(Message).where(col(Message.batch_id) == batch_id, due.IS_OPEN)
    session.execute(still_open.values(due_at=until, **counted), execution_options={"synchronize_session": False})


def _letters(rows: Iterable[Row[Any]]) -> list[Letter]:
    """In one order at every attempt."""
    return sorted(Letter(row.id, row.key, row.recipient, row.topic, row.content) for row in rows)


def _objection(row: Row[Any], *, now: datetime) -> str:
    if tokens.digest(row.content) != row.sha256:
        return CHANGED
    return patience.TOO_OLD if row.useless_after and row.useless_after <= now else ""


def _give_up(session: Session, verdicts: dict[int, str], *, now: datetime) -> list[Message]:
    """Park those of them that are still open."""
    if not verdicts:
        return []
    mine = select(Message).where(col(Message.id).in_(verdicts), due.IS_OPEN)
    mine = mine.with_for_update()  # an event may resolve one at this very moment
    messages = list(session.execute(mine, execution_options=FRESH).scalars())
    for message in messages:
        outcomes.note(message, Parked(verdicts[message.id]), at=now)
    session.add_all(messages)
    bell.ring(session, *{message.topic for message in messages if message.topic})
    return messages
