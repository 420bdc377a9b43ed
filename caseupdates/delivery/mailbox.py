"""The local mailbox: stands in for a provider, so that the whole product can be tried on one machine."""

import json
from collections.abc import Sequence

from sqlmodel import Session, col, or_, select

from caseupdates import bell, clock
from caseupdates.database import write
from caseupdates.delivery.models import LocalMail
from caseupdates.delivery.outcomes import Accepted
from caseupdates.delivery.parcels import Answer, Letter, Parcel
from caseupdates.refusals import NotFound


class LocalMailbox:
    async def hand_over(self, parcel: Parcel) -> Answer:
        """Keep the mails; a second time with the same key changes nothing."""
        return Answer([Accepted(name, is_final=True) for name in await write(keep, parcel.letters)])


def keep(session: Session, letters: Sequence[Letter]) -> list[str]:
    """Put letters into the mailbox once each; the names they have there."""
    mine = select(LocalMail).where(col(LocalMail.key).in_([letter.key for letter in letters]))
    kept = {mail.key: mail for mail in session.exec(mine)}
    new = [_local_mail(letter) for letter in letters if letter.key not in kept]
    session.add_all(new)
    session.flush()
    bell.ring(session, bell.MAILBOX)
    kept |= {mail.key: mail for mail in new}
    return [f"local-{kept[letter.key].id}" for letter in letters]


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


def _local_mail(letter: Letter) -> LocalMail:
    fields = json.loads(letter.payload)
    return LocalMail(
        key=letter.key,
        received_at=clock.now(),
        sender=fields["from"],
        recipient=letter.recipient,
        subject=fields["subject"],
        text=fields["text"],
        html=fields["html"],
        attachments=json.dumps(fields.get("attachments", [])),
    )
