"""Accept an invitation: choose a password and begin."""

from sqlmodel import Session, col, select, update

from caseupdates import bell, clock, tokens
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import invitations, passwords, sessions
from caseupdates.people.models import Invitation
from caseupdates.refusals import NotFound, Refusal


class DeadInvitation(Refusal):
    """An invitation that leads nowhere any more; says why, and what to do."""

    status = 410

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(invitation.id)
        self.invitation = invitation

    @property
    def _ask(self) -> str:
        if self.invitation.is_own:
            return "Ask for a new one where you sign in."
        return f"Ask {self.invitation.invited_by.name} for a new one."


class InvitationUsed(DeadInvitation):
    def __str__(self) -> str:
        return "This invitation has been used. Sign in with the password that was chosen."


class InvitationWithdrawn(DeadInvitation):
    def __str__(self) -> str:
        return f"This invitation was withdrawn, or replaced by a newer one. {self._ask}"


class InvitationExpired(DeadInvitation):
    def __str__(self) -> str:
        return f"This invitation expired on {self.invitation.expires_at:%-d %B %Y}. {self._ask}"


def open_invitation(session: Session, token: str) -> Invitation:
    """The invitation of a token, if it still leads somewhere; raise NotFound for one that never was, or a DeadInvitation."""
    found = session.exec(select(Invitation).where(Invitation.token_hash == tokens.digest(token))).first()
    if found is None:
        raise NotFound
    if found.used_at:
        raise InvitationUsed(found)
    if found.withdrawn_at or not found.person.is_active:
        raise InvitationWithdrawn(found)
    if found.expires_at <= clock.now():
        raise InvitationExpired(found)
    return found


def accept(session: Session, token: str, password: str, *, address: str = "", browser: str = "") -> str:
    """Choose the password, end every session of the person, and return the token of a new one.

    Raise as `open_invitation`, and Invalid for a password that cannot be taken: the invitation is good for another try.
    """
    invitation = open_invitation(session, token)
    password_hash = passwords.hashed(password)
    _use_up(session, invitation)
    person = invitation.person
    person.password_hash = password_hash
    session.add(person)
    session.flush()
    invitations.withdraw(session, person)
    sessions.end_all(session, person, by=person)
    record(session, Area.PEOPLE, "password chosen by invitation", by=person, about=person.email or "")
    bell.ring(session, bell.SETTINGS)
    return sessions.start(session, person, address=address, browser=browser)


def _use_up(session: Session, invitation: Invitation) -> None:
    """Of any number at the same moment one gets it: the row decides."""
    now = clock.now()
    used = (
        update(Invitation)
        .where(
            col(Invitation.id) == invitation.id, col(Invitation.used_at).is_(None),
            col(Invitation.withdrawn_at).is_(None), col(Invitation.expires_at) > now,
        )
        .values(used_at=now)
    )  # fmt: skip
    if session.exec(used).rowcount == 0:
        session.refresh(invitation)
        raise InvitationUsed(invitation) if invitation.used_at else InvitationWithdrawn(invitation)
