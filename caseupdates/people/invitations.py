"""Invitations: a mailed way to choose a password, once. The token is stored nowhere; the newest counts alone."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from caseupdates import bell, clock, limits, seals, tokens
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import addresses
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import Invitation, Person
from caseupdates.refusals import Invalid, Refusal
from caseupdates.settings import settings

LIFE = timedelta(hours=72)  # PRODUCT 1.5
LIFE_OF_OWN = timedelta(hours=1)  # asked for by whoever forgot; OWASP Forgot Password Cheat Sheet: short
AGAIN = limits.Door("invitation", tries=1, per=timedelta(seconds=5))  # a double click mails once
FORGOT_BY_ADDRESS = limits.Door("forgotten password address", tries=3, per=limits.HOUR)
FORGOT_BY_NETWORK = limits.Door("forgotten password network", tries=20, per=limits.HOUR)


class NotInvitable(Refusal):
    """Somebody who could do nothing with an invitation, or would not get it."""

    status = 409

    def __init__(self, person: Person) -> None:
        super().__init__(person.id)
        self.person = person

    def __str__(self) -> str:
        if self.person.archived_at:
            return f"{self.person.name} is archived. Bring them back first."
        if not self.person.is_active:
            return "Somebody whose access level is Disabled cannot sign in. Choose another level first."
        if not self.person.email:
            return "An invitation goes by email. Type their address first."
        return "Mail to this address came back. Reactivate it first."


def invite(session: Session, person_id: int, *, by: Person) -> Invitation:
    """A new invitation, the older ones withdrawn; raise NotFound, NotInvitable or TooMany."""
    person = person_numbered(session, person_id, by=by)
    if not person.is_active or not person.email or person.bounced_at:
        raise NotInvitable(person)
    limits.pass_through(session, AGAIN, str(person.id))
    record(session, Area.PEOPLE, "invitation sent", by=by, about=f"{person.name}: {person.email}")
    return _made(session, person, by=by, life=LIFE)


def forgotten(session: Session, typed: str) -> Invitation | None:
    """A way to a new password for whoever can sign in with this address; None for everybody else."""
    try:
        person = addresses.person_with(session, addresses.normalise(typed))
    except Invalid:
        return None
    if person is None or not person.can_sign_in or not person.email or person.bounced_at:
        return None
    record(session, Area.PEOPLE, "new password asked for", by=person, about=person.email)
    return _made(session, person, by=person, life=LIFE_OF_OWN)


def withdraw(session: Session, person: Person) -> None:
    """From now on no mail that is out lets this person choose a password."""
    is_open = (col(Invitation.used_at).is_(None), col(Invitation.withdrawn_at).is_(None))
    theirs = update(Invitation).where(col(Invitation.person_id) == person.id, *is_open)
    session.exec(theirs.values(withdrawn_at=clock.now()))


def open_until(session: Session, person_ids: Collection[int]) -> dict[int, datetime]:
    """Until when those of these people who are invited can choose a password; one query."""
    is_open = (col(Invitation.used_at).is_(None), col(Invitation.withdrawn_at).is_(None))
    found = select(Invitation.person_id, Invitation.expires_at).where(
        col(Invitation.person_id).in_(person_ids), *is_open, Invitation.expires_at > clock.now()
    )
    return dict(session.exec(found).all())


def address(invitation: Invitation) -> str:
    """The invitation's address as it stands in the mail, sealed until the mail is handed over."""
    return settings().url(f"/invitation/{seals.sealed(seals.INVITATION, invitation.seal)}")


def _made(session: Session, person: Person, *, by: Person, life: timedelta) -> Invitation:
    """Of two at the same moment the second waits for the first, and withdraws it."""
    session.exec(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True)).one()
    withdraw(session, person)
    seal, now = tokens.new(), clock.now()
    invitation = Invitation(
        person_id=person.id, invited_by_id=by.id, seal=seal, created_at=now, expires_at=now + life,
        token_hash=tokens.digest(seals.invitation_token(settings().secret_key, seal)),
    )  # fmt: skip
    session.add(invitation)
    session.flush()
    bell.ring(session, bell.SETTINGS)
    return invitation
