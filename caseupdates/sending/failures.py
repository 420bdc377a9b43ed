"""Tell the sender when a mail could not be delivered, and the administrators when none can."""

from sqlmodel import Session, select

from caseupdates.delivery.models import Message, Pause
from caseupdates.delivery.outcomes import Paused
from caseupdates.notifications.notify import notify
from caseupdates.people.administrators import administrators
from caseupdates.people.models import Kind
from caseupdates.sending.models import Delivery, Sending
from caseupdates.updates.writing import path_of


def tell_sender(session: Session, message: Message) -> None:
    """A notification for whoever sent it, of a mail refused, parked or in trouble on its way; others have nobody to tell."""
    delivery = session.exec(select(Delivery).where(Delivery.message_id == message.id)).first()
    if delivery is None:
        return
    sending = session.get_one(Sending, delivery.sending_id)
    title, what = "An email was not delivered", f"did not get “{sending.revision.title}” by email"
    if message.complained_at:
        title, what = "An email was marked as spam", f"got “{sending.revision.title}” by email"
    summary = f"{delivery.person.name} {what}. {message.detail}"
    notify(session, [sending.sender], Kind.DELIVERY_FAILED, title, summary, path=path_of(sending.update))


def tell_administrators(session: Session, paused: Paused) -> None:
    """A notification for whoever can mend it, or must know that mail waits for a day; a mail would wait with the rest."""
    title = "No mail leaves: the account at the mail provider must be looked at"
    if paused.pause is Pause.QUOTA:
        title = "No mail leaves until the mail provider's quota resets"
    who, path = administrators(session), "/settings/delivery"
    notify(session, who, Kind.DELIVERY_FAILED, title, paused.why, path=path, by_mail=False)
