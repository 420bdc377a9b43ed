"""Other addresses of a person: they sign in and confirm themselves with them as with the first."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from caseupdates import bell
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import addresses
from caseupdates.people.access import require_settings, take_turn
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import EmailAlias, Person
from caseupdates.refusals import Invalid, NotFound

MOST = 20  # of one person


def of(session: Session, person_id: int, *, by: Person) -> Sequence[EmailAlias]:
    """A person's aliases, in order of the alphabet."""
    require_settings(by)
    theirs = select(EmailAlias).where(EmailAlias.person_id == person_id)
    return session.exec(theirs.order_by(col(EmailAlias.address))).all()


def add(session: Session, person_id: int, typed: str, *, by: Person) -> EmailAlias:
    """Another address of a person; raise AddressInUse, Invalid or NotFound."""
    require_settings(by)
    take_turn(session)
    person, address = person_numbered(session, person_id, by=by), addresses.normalise(typed)
    addresses.require_free(session, address)
    if len(of(session, person_id, by=by)) >= MOST:
        raise Invalid(f"Somebody has at most {MOST} aliases.")
    alias = EmailAlias(person_id=person.id, address=address)
    session.add(alias)
    session.flush()
    _note(session, "alias added", person, address, by)
    return alias


def remove(session: Session, alias_id: int, *, by: Person) -> None:
    """Let an alias go; raise NotFound."""
    require_settings(by)
    alias = session.get(EmailAlias, alias_id)
    if alias is None:
        raise NotFound
    session.delete(alias)
    session.flush()
    _note(session, "alias removed", session.get_one(Person, alias.person_id), alias.address, by)


def _note(session: Session, what: str, person: Person, address: str, by: Person) -> None:
    record(session, Area.PEOPLE, what, by=by, about=f"{person.name}: {address}")
    bell.ring(session, bell.SETTINGS)
