"""Addresses that refused mail: nothing is sent to them until somebody has looked into it."""

from datetime import datetime

from sqlmodel import Session, col, select

from caseupdates import bell
from caseupdates.database import FRESH
from caseupdates.history.models import Area, Event
from caseupdates.history.record import record
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import Bounce, Person

REACTIVATED = "address reactivated"


def disable(session: Session, address: str, bounce: Bounce, *, at: datetime) -> Person | None:
    """Mail the address no more, for what happened `at` that moment; None when nobody has it, or all is known.

    What happened before somebody reactivated the address was known to them.
    """
    mine = select(Person).where(Person.email == address.lower()).with_for_update(key_share=True, of=Person)
    person = session.exec(mine, execution_options=FRESH).first()
    if person is None or _reactivated_since(session, person, at):
        return None
    was_known = person.bounced_at is not None
    if person.bounced_at is None or at < person.bounced_at:  # what happened first counts, in whatever order it is told
        person.bounced_at, person.bounce = at, bounce
        session.add(person)
    if was_known:
        return None
    record(session, Area.PEOPLE, bounce, by=None, about=_about(person))
    bell.ring(session, bell.SETTINGS)
    return person


def reactivate(session: Session, person_id: int, *, by: Person) -> Person:
    """Mail the address again from now on; raise NotFound."""
    person = person_numbered(session, person_id, by=by)
    if person.bounced_at is not None:
        person.bounced_at = None
        session.add(person)
        record(session, Area.PEOPLE, REACTIVATED, by=by, about=_about(person))
        bell.ring(session, bell.SETTINGS)
    return person


def _reactivated_since(session: Session, person: Person, moment: datetime) -> bool:
    theirs = col(Event.about).endswith(f": {person.email}", autoescape=True)
    lines = select(Event.id).where(Event.area == Area.PEOPLE, Event.what == REACTIVATED, col(Event.at) >= moment)
    return session.exec(lines.where(theirs)).first() is not None


def _about(person: Person) -> str:
    return f"{person.name}: {person.email}"
