"""Hearing: an event of the provider's is written down once and moves its message, in one transaction.

A transaction locks the message first, then people; never the account's row, which a claim holds before it takes messages.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, col, or_, select, update

from caseupdates import bell, clock
from caseupdates.database import FRESH
from caseupdates.delivery import facts, pace
from caseupdates.delivery.events import Event, Kind
from caseupdates.delivery.mishaps import harmless
from caseupdates.delivery.models import Message, Provider, ProviderEvent
from caseupdates.people import bounces
from caseupdates.people.models import Bounce

Told = Callable[[Session, Message], None]
AROUND = timedelta(hours=1)  # our clock and the provider's are not further apart
NOTED_EVERY = timedelta(seconds=10)  # whoever sends forgeries does not make us write each time
BOUNCES = {
    Kind.BOUNCED: Bounce.BOUNCED,
    Kind.COMPLAINED: Bounce.COMPLAINED,
    Kind.SUPPRESSED: Bounce.SUPPRESSED,
}


def hear(session: Session, event: Event, *, told: Told) -> bool:
    """Take in an event; False when there was nothing to do. `told` is called when its message is first in trouble."""
    message = _message(session, event)
    if message is None or _is_known(session, event):
        return False
    occurred_at = facts.occurred_at(message, event)
    session.add(
        ProviderEvent(
            event_id=event.id, message_id=message.id, kind=event.kind, occurred_at=occurred_at,
            received_at=clock.now(), detail=event.detail,
        )
    )  # fmt: skip
    is_in_trouble = facts.apply(message, event)
    session.add(message)
    session.flush()
    if event.disables:
        bounces.disable(session, message.recipient, BOUNCES[event.kind], at=occurred_at)
    if is_in_trouble:
        with harmless(f"Message {message.id}: its end was not told", session):
            told(session, message)
    bell.ring(session, *filter(None, [message.topic]))
    return True


def heard(session: Session) -> None:
    """Remember that events come; now and then is enough."""
    _note(session, col(Provider.event_at), event_at=clock.now())


def refused(session: Session, why: str) -> None:
    """Remember, for operators, that something came that was not the provider's as far as could be known."""
    _note(session, col(Provider.event_refused_at), event_refused_at=clock.now(), event_refused_why=why)


def is_noted(session: Session, *, refused: bool) -> bool:
    """True when `heard` or `refused` would write nothing."""
    account = session.get(Provider, 1)
    noted_at = account and (account.event_refused_at if refused else account.event_at)
    return bool(noted_at and noted_at > clock.now() - NOTED_EVERY)


def _note(session: Session, since: object, **noted: object) -> None:
    pace.provider(session)
    is_due = or_(col(since).is_(None), col(since) <= clock.now() - NOTED_EVERY)
    session.execute(update(Provider).where(is_due).values(**noted))


def _message(session: Session, event: Event) -> Message | None:
    """By our key, which every mail of ours carries; by the provider's for those that are older than that."""
    mine = select(Message).with_for_update(key_share=True)
    if event.message_key:
        return session.exec(mine.where(Message.key == event.message_key), execution_options=FRESH).first()
    then = col(Message.accepted_at).between(event.accepted_at - AROUND, event.accepted_at + AROUND)  # has an index
    return session.exec(mine.where(then, Message.provider_id == event.provider_id), execution_options=FRESH).first()


def _is_known(session: Session, event: Event) -> bool:
    return session.exec(select(ProviderEvent.id).where(ProviderEvent.event_id == event.id)).first() is not None
