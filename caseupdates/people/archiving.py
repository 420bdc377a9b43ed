"""People who leave, and come back: archived, never deleted."""

from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import invitations, sessions
from caseupdates.people.access import require_settings, take_turn
from caseupdates.people.administrators import require_dispensable
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import Person


def archive(session: Session, person_id: int, *, by: Person) -> Person:
    """Take somebody out of every list to choose from; raise NotFound, OwnSettings or LastAdministrator."""
    require_settings(by)
    take_turn(session)
    person = person_numbered(session, person_id, by=by)
    require_dispensable(session, person, by=by)
    if person.archived_at is None:
        person.archived_at = clock.now()
        shut_out(session, person, by=by)
        _note(session, "person archived", person, by)
    return person


def bring_back(session: Session, person_id: int, *, by: Person) -> Person:
    """Undo archiving: role, access level and password are as they were."""
    person = person_numbered(session, person_id, by=by)
    if person.archived_at is not None:
        person.archived_at = None
        _note(session, "person brought back", person, by)
    return person


def shut_out(session: Session, person: Person, *, by: Person) -> None:
    """End their sessions and withdraw what would let them in again."""
    sessions.end_all(session, person, by=by)
    invitations.withdraw(session, person)


def _note(session: Session, what: str, person: Person, by: Person) -> None:
    session.add(person)
    session.flush()
    record(session, Area.PEOPLE, what, by=by, about=person.name)
    bell.ring(session, bell.SETTINGS)
