"""Invite people by email, and help those who forgot their password."""

from sqlmodel import Session

from caseupdates.delivery.models import Lane
from caseupdates.delivery.outbox import enqueue
from caseupdates.notifications import mail
from caseupdates.people import details, invitations
from caseupdates.people.details import Details
from caseupdates.people.firm import firm
from caseupdates.people.models import Invitation, Person


def invite(session: Session, person_id: int, *, by: Person) -> Invitation:
    """Mail somebody a way to choose a password; raise NotFound, NotInvitable or TooMany."""
    return _mailed(session, invitations.invite(session, person_id, by=by))


def add(session: Session, given: Details, *, invites: bool, by: Person) -> Person:
    """Add a person and invite them, both or neither; raise as `details.add` and `invite`."""
    person = details.add(session, given, by=by)
    if invites:
        invite(session, person.id, by=by)
    return person


def help_whoever_forgot(session: Session, typed: str) -> None:
    """Mail a way to a new password if somebody can sign in with this address; nobody is told whether."""
    if invitation := invitations.forgotten(session, typed):
        _mailed(session, invitation)


def _mailed(session: Session, invitation: Invitation) -> Invitation:
    """Whoever forgot sits and waits: that mail overtakes others, as codes do."""
    lane = Lane.CODE if invitation.is_own else Lane.MAIL
    enqueue(session, mail.invitation(firm(session), invitation), lane=lane, useless_after=invitation.expires_at)
    return invitation
