"""Who wants email for what, and what the firm sends nobody. A notification itself cannot be turned off."""

from collections.abc import Iterable, Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, exists, func, or_, select

from caseupdates import bell, clock
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.access import require_settings
from caseupdates.people.models import AccessLevel, Kind, Person, Preference, SilencedKind


def wants_email(session: Session, person: Person, kind: Kind) -> bool:
    return person.id not in without_email(session, [person.id], kind)


def without_email(session: Session, person_ids: Iterable[int], kind: Kind) -> set[int]:
    """Those among these people who get no email for this kind: all where the firm sends none; one query."""
    by_firm = exists().where(col(SilencedKind.kind) == kind)
    refused = select(Preference.person_id).where(Preference.kind == kind, col(Preference.email).is_(False))
    asked = select(Person.id).where(col(Person.id).in_(list(person_ids)))
    return set(session.exec(asked.where(or_(by_firm, col(Person.id).in_(refused)))))


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


def is_silenced(session: Session, kind: Kind) -> bool:
    """Does the firm send nobody an email for this kind?"""
    return session.get(SilencedKind, kind) is not None


def silenced(session: Session) -> Sequence[SilencedKind]:
    """The kinds for which the firm sends nobody an email."""
    return session.exec(select(SilencedKind)).all()


def silence(session: Session, kind: Kind, silenced: bool, *, by: Person) -> None:
    """Send nobody an email for a kind, or each as they chose again; raise NotPermitted."""
    require_settings(by)
    found = session.get(SilencedKind, kind)
    if silenced is bool(found):
        return
    try:
        with session.begin_nested():
            if found:
                session.delete(found)
            else:
                session.add(SilencedKind(kind=kind, silenced_by_id=by.id, silenced_at=clock.now()))
    except (IntegrityError, StaleDataError):
        return  # somebody else has just done the same
    record(session, Area.SETTINGS, f"emails switched {'off' if silenced else 'on'}", by=by, about=str(kind))
    bell.ring(session, bell.SETTINGS)


def reached_by_email_alone(session: Session) -> int:
    """How many have an address and no way to sign in: what is not mailed never reaches them."""
    people = select(func.count()).select_from(Person).where(
        col(Person.email).is_not(None), col(Person.password_hash).is_(None), col(Person.archived_at).is_(None),
        col(Person.access_level) != AccessLevel.DISABLED,
    )  # fmt: skip
    return session.exec(people).one()
