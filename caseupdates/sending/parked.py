"""Mails that wait for a person, of whatever kind: looked through, sent again, given up by whoever runs the installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from caseupdates import clock
from caseupdates.delivery import outbox
from caseupdates.delivery.models import Batch, Message
from caseupdates.delivery.patience import KEY_LIFE, NOT_SURE
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.access import require_settings
from caseupdates.people.models import Person
from caseupdates.refusals import Refusal
from caseupdates.sending.again import note, require_recipient
from caseupdates.sending.models import Delivery, Sending

PAGE = 10  # mails before "Show more"
AT_ONCE = 500  # mails put in again in one transaction


class NotSure(Refusal):
    status = 409

    def __str__(self) -> str:
        return NOT_SURE


@dataclass(frozen=True)
class Waiting:
    message: Message
    is_of_use: bool  # a code that has expired is of none


def parked(session: Session, *, by: Person, limit: int = PAGE) -> Sequence[Waiting]:
    """The mails that wait for a person, the latest first."""
    require_settings(by)
    rows = select(Message, _is_of_use()).where(_is_parked())
    newest = rows.order_by(col(Message.parked_at).desc(), col(Message.id).desc()).limit(limit)
    return [Waiting(message, bool(of_use)) for message, of_use in session.exec(newest)]


def count_sendable(session: Session) -> int:
    """How many certainly did not arrive and are still of use: those that `send_all_again` is about."""
    return session.exec(select(func.count()).select_from(Message).where(*_sendable())).one()


def send_again(session: Session, message_id: int, *, even_twice: bool = False, by: Person) -> None:
    """Put one in again; raise NotPermitted, NotFound, NotParked, what `require_recipient` raises,
    or NotSure of one that may have arrived, unless twice is better than never."""
    require_settings(by)
    uncertain = select(Message.id).where(col(Message.id) == message_id, _is_parked(), _is_uncertain())
    if not even_twice and session.exec(uncertain).first():
        raise NotSure
    if of_sending := _of_sending(session, message_id):
        require_recipient(session, *of_sending)
    message = outbox.retry(session, message_id)
    _record(session, "email tried again", message, of_sending, by=by)


def send_all_again(session: Session, *, by: Person) -> tuple[int, int]:
    """Put in again all that certainly did not arrive; how many went, and how many may go to nobody any more.

    At most AT_ONCE are looked at.
    """
    require_settings(by)
    oldest = select(col(Message.id)).where(*_sendable()).order_by(col(Message.parked_at)).limit(AT_ONCE)
    found = session.exec(oldest).all()
    sent = sum(_went_again(session, each, by=by) for each in found)
    return sent, len(found) - sent


def give_up(session: Session, message_id: int, *, by: Person) -> None:
    """Let one fail for good; raise NotPermitted, NotFound or NotParked."""
    require_settings(by)
    message = outbox.give_up(session, message_id)
    _record(session, "email given up", message, _of_sending(session, message_id), by=by)


def _went_again(session: Session, message_id: int, *, by: Person) -> bool:
    try:
        send_again(session, message_id, by=by)
    except Refusal:  # nobody's any more, or decided about by somebody else meanwhile
        return False
    return True


def _of_sending(session: Session, message_id: int) -> tuple[Sending, Delivery] | None:
    delivery = session.exec(select(Delivery).where(Delivery.message_id == message_id)).first()
    return (session.get_one(Sending, delivery.sending_id), delivery) if delivery else None


def _record(
    session: Session, what: str, message: Message, of_sending: tuple[Sending, Delivery] | None, *, by: Person
) -> None:
    if of_sending:
        note(session, what, *of_sending, by=by)
    else:
        record(session, Area.SENDING, what, by=by, about=message.recipient)


def _sendable() -> tuple[ColumnElement[bool], ...]:
    return _is_parked(), _is_of_use(), ~_is_uncertain()


def _is_parked() -> Any:
    return col(Message.parked_at).is_not(None)


def _is_of_use() -> Any:
    return col(Message.useless_after).is_(None) | (col(Message.useless_after) > clock.now())


def _is_uncertain() -> Any:
    """It may have arrived, and the provider would no longer recognise it."""
    forgotten = col(Batch.created_at) <= clock.now() - KEY_LIFE
    return select(Batch.id).where(col(Batch.id) == Message.batch_id, forgotten).correlate(Message).exists()
