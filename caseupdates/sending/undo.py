"""Undo: for a few seconds a sending can be taken back as if it had not been."""

from sqlmodel import Session, col, select, update

from caseupdates import bell, clock
from caseupdates.cases.access import require
from caseupdates.delivery import outbox
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.links import renewing
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotFound, Refusal
from caseupdates.sending.models import Delivery, Sending
from caseupdates.updates.feed import update_shown


class TooLate(Refusal):
    status = 409

    def __str__(self) -> str:
        return "It is too late to undo this: the emails have left."


def undo(session: Session, sending_id: int, *, by: Person) -> Sending:
    """Cancel the mails and withdraw the notifications; raise TooLate once the time is over or a mail has left."""
    sending = session.exec(select(Sending).where(Sending.id == sending_id).with_for_update(of=Sending)).first()
    if sending is None:
        raise NotFound
    case = update_shown(session, sending.update_id, by=by).update.case
    require(session, by, Permission.SEND_UPDATES, case)
    if sending.undone_at:
        return sending
    if clock.now() >= sending.undo_until:
        raise TooLate
    _take_back(session, sending)
    sending.undone_at = clock.now()
    session.add(sending)
    record(session, Area.SENDING, "sending undone", by=by, case_id=case.id, about=sending.revision.title)
    bell.ring(session, bell.case(case.id), bell.CASES)
    return sending


def _take_back(session: Session, sending: Sending) -> None:
    deliveries = session.exec(select(Delivery).where(Delivery.sending_id == sending.id)).all()
    messages = [each.message_id for each in deliveries if each.message_id]
    if outbox.cancel(session, messages) < len(messages):
        raise TooLate
    renewing.end(session, [each.link_id for each in deliveries if each.link_id])
    notices = [each.notification_id for each in deliveries]
    session.exec(update(Notification).where(col(Notification.id).in_(notices)).values(withdrawn_at=clock.now()))
    bell.ring(session, *(bell.person(each.person_id) for each in deliveries))
