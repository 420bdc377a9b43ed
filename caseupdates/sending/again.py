"""Try a mail again that was given up: for a person to decide, recipient by recipient."""

from sqlmodel import Session, select

from caseupdates.cases.access import require
from caseupdates.delivery import outbox
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotFound, Refusal
from caseupdates.sending.models import Channel, Delivery, Sending
from caseupdates.sending.recipients import NotARecipient, blocks, candidates_by_person
from caseupdates.updates.feed import update_shown


class TakenBack(Refusal):
    status = 409

    def __str__(self) -> str:
        return "This sending was undone or recalled: its mails go to nobody."


class OffTheCase(NotARecipient):
    def __init__(self, person: Person) -> None:
        super().__init__(None)
        self.person = person

    def __str__(self) -> str:
        return f"{self.person.name} can no longer receive updates of this case."


def try_again(session: Session, delivery_id: int, *, by: Person) -> None:
    """Put a parked mail back into the outbox; raise NotFound, NotPermitted, NotParked, TakenBack,
    or NotARecipient for somebody who could not be chosen today."""
    delivery = session.exec(select(Delivery).where(Delivery.id == delivery_id)).first()
    if delivery is None or delivery.message_id is None:
        raise NotFound
    sending = session.get_one(Sending, delivery.sending_id)
    case = update_shown(session, sending.update_id, by=by).update.case
    require(session, by, Permission.SEND_UPDATES, case)
    require_recipient(session, sending, delivery)
    outbox.retry(session, delivery.message_id)
    note(session, "email tried again", sending, delivery, by=by)


def require_recipient(session: Session, sending: Sending, delivery: Delivery) -> None:
    """Raise TakenBack, or NotARecipient for somebody who could not be chosen today."""
    if sending.undone_at or sending.recalled_at:
        raise TakenBack
    candidate = candidates_by_person(blocks(session, sending.revision)).get(delivery.person_id)
    if candidate is None:
        raise OffTheCase(delivery.person)
    if candidate.channel is not Channel.EMAIL:
        raise NotARecipient(candidate)


def note(session: Session, what: str, sending: Sending, delivery: Delivery, *, by: Person) -> None:
    """Write down what was decided about a recipient's mail."""
    about = f"{sending.revision.title} · {delivery.person.name}"
    record(session, Area.SENDING, what, by=by, case_id=sending.update.case_id, about=about)
