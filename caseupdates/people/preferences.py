"""Who wants email for what. A notification itself cannot be turned off."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from caseupdates.people.models import Kind, Person, Preference


def wants_email(session: Session, person: Person, kind: Kind) -> bool:
    return person.id not in without_email(session, [person.id], kind)


def without_email(session: Session, person_ids: Iterable[int], kind: Kind) -> set[int]:
    """Those among these people who want no email for this kind; one query."""
    refused = select(Preference.person_id).where(
        col(Preference.person_id).in_(list(person_ids)), Preference.kind == kind, col(Preference.email).is_(False)
    )
    return set(session.exec(refused))


def of(session: Session, *, by: Person) -> dict[Kind, bool]:
    """A person's own choices, every kind named."""
    chosen = {each.kind: each.email for each in session.exec(select(Preference).where(Preference.person_id == by.id))}
    return {kind: chosen.get(kind, True) for kind in Kind}


def choose(session: Session, kind: Kind, *, email: bool, by: Person) -> None:
    """Turn email for a kind on or off, for oneself."""
    found = session.exec(select(Preference).where(Preference.person_id == by.id, Preference.kind == kind)).first()
    preference = found or Preference(person_id=by.id, kind=kind, email=email)
    preference.email = email
    session.add(preference)
