"""The local mailbox: stands in for a provider, so that the whole product can be tried on one machine."""

import json

from sqlmodel import Session, col, or_, select

from caseupdates import bell, clock
from caseupdates.database import write
from caseupdates.delivery.models import LocalMail, Message
from caseupdates.delivery.outcomes import Accepted, Outcome
from caseupdates.refusals import NotFound


class LocalMailbox:
    async def hand_over(self, message: Message) -> Outcome:
        """Keep the mail; a second time with the same key changes nothing."""
        return Accepted(await write(keep, message))


def keep(session: Session, message: Message) -> str:
    """Put a message into the mailbox once; the name it has there."""
    kept = session.exec(select(LocalMail).where(LocalMail.key == message.key)).first()
    if kept is None:
        kept = _local_mail(message)
        session.add(kept)
        session.flush()
        bell.ring(session, bell.MAILBOX)
    return f"local-{kept.id}"


def mails(session: Session, *, limit: int, search: str = "") -> list[LocalMail]:
    """The newest mails, those that contain the words searched for."""
    places = (LocalMail.recipient, LocalMail.subject, LocalMail.text)
    wanted = or_(*(col(place).icontains(search.strip(), autoescape=True) for place in places))
    return list(session.exec(select(LocalMail).where(wanted).order_by(col(LocalMail.id).desc()).limit(limit)))


def mail(session: Session, mail_id: int) -> LocalMail:
    """One mail; raise NotFound."""
    found = session.get(LocalMail, mail_id)
    if found is None:
        raise NotFound
    return found


def _local_mail(message: Message) -> LocalMail:
    fields = json.loads(message.payload)
    return LocalMail(
        key=message.key,
        received_at=clock.now(),
        sender=fields["from"],
        recipient=message.recipient,
        subject=fields["subject"],
        text=fields["text"],
        html=fields["html"],
        attachments=json.dumps(fields.get("attachments", [])),
    )
