"""Change one's own password."""

from datetime import timedelta

from sqlmodel import Session

from caseupdates import bell, limits
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import invitations, passwords, sessions
from caseupdates.people.models import Person
from caseupdates.refusals import Invalid

DOOR = limits.Door("change password", tries=10, per=timedelta(minutes=15))


class WrongCurrentPassword(Invalid):
    status = 401

    def __str__(self) -> str:
        return "The current password is not right."


def pass_door(session: Session, *, by: Person) -> None:
    """One try, kept whatever comes of it; raise TooMany: an open browser is not to be a way to guess."""
    limits.pass_through(session, DOOR, str(by.id))


def change(session: Session, token: str, *, current: str, new: str, by: Person) -> int:
    """Take the new password and end every other session; how many that were. Raise WrongCurrentPassword or Invalid."""
    if not passwords.matches(current, by.password_hash):
        raise WrongCurrentPassword
    by.password_hash = passwords.hashed(new)
    session.add(by)
    session.flush()
    invitations.withdraw(session, by)
    record(session, Area.PEOPLE, "password changed", by=by)
    bell.ring(session, bell.SETTINGS)
    return sessions.end_others(session, token, by=by)
