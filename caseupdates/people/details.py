"""Who somebody is and what they may: add a person, change one."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import addresses, invitations
from caseupdates.people.access import require_settings, take_turn
from caseupdates.people.administrators import require_dispensable
from caseupdates.people.archiving import shut_out
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import AccessLevel, Client, Permission, Person, PersonKind, Role
from caseupdates.people.roles import require_fitting
from caseupdates.refusals import Invalid

LONGEST_NAME = 100  # characters


@dataclass(frozen=True)
class Details:
    """What the form of a person holds; 0 and "" where nothing was chosen or typed."""

    kind: PersonKind
    name: str
    email: str
    client_id: int
    role_id: int
    access_level: AccessLevel


class NeedsAddress(Invalid):
    def __str__(self) -> str:
        return "They sign in with their email address. Type one, or set the access level to Disabled."


def add(session: Session, details: Details, *, by: Person) -> Person:
    """A new person, who cannot sign in yet; raise Invalid, AddressInUse or NotForContacts."""
    require_settings(by)
    take_turn(session)
    person = Person(created_at=clock.now(), **_facts(session, details))
    addresses.require_free(session, person.email)
    session.add(person)
    session.flush()
    record(session, Area.PEOPLE, "person added", by=by, about=_described(person))
    bell.ring(session, bell.SETTINGS)
    return person


def change(session: Session, person_id: int, details: Details, *, by: Person) -> Person:
    """Take over the details; raise as `add`, and NotFound, NeedsAddress, OwnSettings or LastAdministrator.

    Another address leads to nobody's old letters: links to the old one die (links.access), invitations are withdrawn.
    """
    require_settings(by)
    take_turn(session)
    person, facts = person_numbered(session, person_id, by=by), _facts(session, details)
    addresses.require_free(session, facts["email"], but_of=person)
    _require_still_in(session, person, details, facts, by=by)
    changed = _apply(session, person, facts)
    if "access_level" in changed and person.access_level is AccessLevel.DISABLED:
        shut_out(session, person, by=by)
    if "email" in changed:
        person.bounced_at = None
        invitations.withdraw(session, person)
    if changed:
        session.add(person)
        session.flush()
        record(session, Area.PEOPLE, "person changed", by=by, about=f"{person.name}: {', '.join(changed.values())}")
        bell.ring(session, bell.SETTINGS, bell.person(person.id))
    return person


def _facts(session: Session, details: Details) -> dict[str, Any]:
    """The columns of a person out of what was typed, checked."""
    role = session.get(Role, details.role_id)
    if role is None:
        raise Invalid("Please choose a role.")
    require_fitting(details.kind, role.permissions)
    return {
        "kind": details.kind, "name": _name(details.name), "role_id": role.id, "access_level": details.access_level,
        "email": addresses.normalise(details.email) if details.email.strip() else None,
        "client_id": _client(session, details),
    }  # fmt: skip


def _name(typed: str) -> str:
    name = " ".join("".join(each if each.isprintable() else " " for each in typed).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid(f"Please type a name of 1 to {LONGEST_NAME} characters.")
    return name


def _client(session: Session, details: Details) -> int | None:
    if details.kind is PersonKind.EMPLOYEE:
        return None
    client = session.get(Client, details.client_id)
    if client is None and (details.client_id or details.kind is PersonKind.CLIENT_CONTACT):
        raise Invalid("Please choose the client they belong to.")
    return client.id if client else None


def _require_still_in(session: Session, person: Person, details: Details, facts: dict[str, Any], *, by: Person) -> None:
    is_disabled = details.access_level is AccessLevel.DISABLED
    role = session.get_one(Role, details.role_id)
    if is_disabled or Permission.MANAGE_SETTINGS not in role.permissions:
        require_dispensable(session, person, by=by)
    if facts["email"] is None and person.password_hash and not is_disabled:
        raise NeedsAddress


def _apply(session: Session, person: Person, facts: dict[str, Any]) -> dict[str, str]:
    """Set what differs; what changed, by column, in words."""
    before = _words(person)
    changed = [name for name, value in facts.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, facts[name])
    session.add(person)
    session.flush()
    session.refresh(person)
    after = _words(person)
    return {name: f"{_LABELS[name]} {before[name]} → {after[name]}" for name in changed}


def _words(person: Person) -> dict[str, str]:
    return {
        "kind": person.kind, "name": person.name, "email": person.email or "none", "role_id": person.role.name,
        "client_id": person.client.name if person.client else "none", "access_level": person.access_level,
    }  # fmt: skip


def _described(person: Person) -> str:
    return f"{person.name}, {person.kind}, {person.email or 'no email'}"


_LABELS = {
    "kind": "kind", "name": "name", "email": "email", "role_id": "role", "client_id": "client",
    "access_level": "access level",
}  # fmt: skip
