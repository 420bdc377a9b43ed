"""Leases: a worker takes messages for a while, and only who holds the newest lease may record what came of it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from caseupdates import bell, clock, tokens
from caseupdates.delivery import outcomes, patience
from caseupdates.delivery.models import Lane, Message
from caseupdates.delivery.outcomes import Outcome, Parked

LEASE = timedelta(seconds=90)  # longer than one handing over may take (worker.TOO_LONG) and its recording
CHANGED = "This mail was changed after it was written. It was not sent."


def claim(
    session: Session, *, limit: int, lanes: Collection[Lane] = tuple(Lane), lease: timedelta = LEASE
) -> list[Message]:
    """Take due messages that nobody holds, codes first; in a `writing` transaction that is committed at once."""
    now = clock.now()
    due = (
        select(Message.id)
        .where(col(Message.lane).in_(lanes), col(Message.due_at) <= now)
        .order_by(col(Message.lane), col(Message.due_at), col(Message.id))  # "code" sorts before "mail"
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer at a time
        .cte("due")  # as a plain subquery PostgreSQL may run it again per row and take more than the limit
    )
    held = update(Message).where(col(Message.id).in_(select(due.c.id))).values(_held(now, now + lease))
    fresh = {"populate_existing": True, "synchronize_session": False}
    messages = session.exec(held.returning(Message), execution_options=fresh).scalars().all()
    return sorted(messages, key=lambda each: (each.lane, each.id))


def objection(message: Message) -> Parked | None:
    """Why a claimed message must not be handed over, if so."""
    if tokens.digest(message.payload) != message.payload_sha256:
        return Parked(CHANGED)
    reason = patience.given_up(message, at=clock.now())
    return Parked(reason) if reason else None


def record(session: Session, message_id: int, lease: int, outcome: Outcome) -> Message | None:
    """Write down what came of an attempt; None when the lease has passed to someone else, whose word then counts."""
    message = session.get(Message, message_id, with_for_update=True, populate_existing=True)
    if message is None or message.lease != lease or message.leased_until is None:
        return None
    outcomes.note(message, outcome, at=clock.now())
    session.add(message)
    bell.ring(session, *filter(None, [message.topic]))
    return message


def next_due(session: Session, *, lanes: Collection[Lane] = tuple(Lane)) -> datetime | None:
    """When there will be something to claim; None while nothing waits."""
    is_open = col(Message.due_at).is_not(None)
    return session.exec(select(func.min(Message.due_at)).where(col(Message.lane).in_(lanes), is_open)).one()


def _held(now: datetime, until: datetime) -> dict[str, object]:
    # Being due again when the lease lapses is what brings back the messages of a worker that died.
    return {
        "lease": Message.lease + 1,
        "attempts": Message.attempts + 1,
        "leased_until": until,
        "due_at": until,
        "attempted_at": now,
        "first_attempt_at": func.coalesce(Message.first_attempt_at, now),
        "uncertain_since": func.coalesce(Message.uncertain_since, now),
    }
