"""Addresses that refused mail: nothing is sent to them until somebody has looked into it."""

from sqlmodel import Session

from caseupdates import bell
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import Person


def reactivate(session: Session, person_id: int, *, by: Person) -> Person:
    """Mail the address again from now on; raise NotFound."""
    person = person_numbered(session, person_id, by=by)
    if person.bounced_at is not None:
        person.bounced_at = None
        session.add(person)
        record(session, Area.PEOPLE, "address reactivated", by=by, about=f"{person.name}: {person.email}")
        bell.ring(session, bell.SETTINGS)
    return person
