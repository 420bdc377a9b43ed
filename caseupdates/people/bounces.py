"""Addresses that refused mail: nothing is sent to them until somebody has looked into it."""

from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from caseupdates import bell
from caseupdates.database import FRESH
from caseupdates.history.models import Area, Event
from caseupdates.history.record import record
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import Person

BOUNCED = "address bounced"
COMPLAINED = "mail marked as spam"
SUPPRESSED = "address suppressed by the mail provider"
REACTIVATED = "address reactivated"


def disable(session: Session, address: str, what: str, *, at: datetime) -> Person | None:
    """Mail the address no more, for what happened `at` that moment; None when nobody has it, or all is known.

    What happened before somebody reactivated the address was known to them.
    """
    mine = select(Person).where(Person.email == address.lower()).with_for_update(key_share=True, of=Person)
    person = session.exec(mine, execution_options=FRESH).first()
    if person is None or _reactivated_since(session, person, at):
        return None
    if person.bounced_at is not None:
        person.bounced_at = min(person.bounced_at, at)
        return None
    person.bounced_at = at
    session.add(person)
    record(session, Area.PEOPLE, what, by=None, about=_about(person))
    bell.ring(session, bell.SETTINGS)
    return person


def why(session: Session, person: Person) -> str:
    """What made the address refuse mail, one of the words above."""
    if person.bounced_at is None:
        return ""
    causes = _said(person, BOUNCED, COMPLAINED, SUPPRESSED, since=person.bounced_at)
    return session.exec(causes.order_by(col(Event.id).desc())).first() or BOUNCED


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
    return session.exec(_said(person, REACTIVATED, since=moment)).first() is not None


def _said(person: Person, *words: str, since: datetime) -> SelectOfScalar[str]:
    """Which of these words history has of their address since then."""
    theirs = col(Event.about).endswith(f": {person.email}", autoescape=True)
    lines = select(Event.what).where(Event.area == Area.PEOPLE, col(Event.at) >= since, theirs)
    return lines.where(col(Event.what).in_(words))


def _about(person: Person) -> str:
    return f"{person.name}: {person.email}"
