"""Display records of people under /settings, and what their form holds."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from sqlmodel import Session, col, func, select

from caseupdates.interface.forms import number, text, word
from caseupdates.interface.show import Choice, Face, face
from caseupdates.interface.when import said
from caseupdates.people import invitations, listing, roles
from caseupdates.people.access import require_settings
from caseupdates.people.details import Details
from caseupdates.people.listing import Filter
from caseupdates.people.models import AccessLevel, Bounce, Client, Person, PersonKind, Role
from caseupdates.people.names import listed
from caseupdates.people.roles import NotForContacts, require_fitting

BOUNCES = {
    Bounce.BOUNCED: "Bounced",
    Bounce.COMPLAINED: "Marked as spam",
    Bounce.SUPPRESSED: "Suppressed",
}


@dataclass
class Badge:
    words: str = ""
    hue: str = "gray"


@dataclass
class PersonRow:
    id: int = 0
    face: Face = field(default_factory=Face)
    part: str = ""  # "Client contact · Client Contact · Meridian Freight Ltd"
    address: str = ""
    badges: list[Badge] = field(default_factory=list)


@dataclass
class Fields:
    """What the form of a person begins with, and what it offers for this kind of person."""

    kind: str = PersonKind.EMPLOYEE
    name: str = ""
    email: str = ""
    client: str = ""
    role: str = ""
    level: str = AccessLevel.LIMITED
    permits: str = ""  # what the chosen role permits, in words
    roles: list[Choice] = field(default_factory=list)
    clients: list[Choice] = field(default_factory=list)


def people_rows(session: Session, wanted: Filter, limit: int, zone: tzinfo, *, by: Person) -> list[PersonRow]:
    people = listing.search(session, wanted, by=by, limit=limit)
    until = invitations.open_until(session, [each.id for each in people])
    return [person_row(each, until.get(each.id), zone) for each in people]


def person_row(person: Person, invited_until: datetime | None, zone: tzinfo) -> PersonRow:
    client = person.client.name if person.client else ""
    part = " · ".join(filter(None, [person.kind.capitalize(), person.role.name, client]))
    return PersonRow(
        person.id, face(person), part, person.email or "No email address", badges(person, invited_until, zone)
    )


def badges(person: Person, invited_until: datetime | None, zone: tzinfo) -> list[Badge]:
    """What stands out; of somebody who can sign in as usual only that."""
    found = [Badge(BOUNCES[person.bounce], "red")] if person.bounced_at else []
    if person.archived_at:
        return [*found, Badge("Archived")]
    if person.access_level is AccessLevel.DISABLED:
        return [*found, Badge("Disabled")]
    if person.can_sign_in:
        return [*found, Badge("Can sign in", "quiet")]
    if invited_until:
        return [*found, Badge(f"Invited, until {said(invited_until, zone)}", "amber")]
    return [*found, Badge("Not invited")]


def fields(session: Session, *, by: Person, kind: PersonKind, of: Person | None = None) -> Fields:
    """The form for a new person of this kind, or of a person who is one or shall become one."""
    require_settings(by)
    fitting = [each for each in session.exec(select(Role).order_by(Role.name)) if _fits(each, kind)]
    role = _chosen(fitting, kind, of)
    clients = session.exec(select(Client).order_by(func.lower(col(Client.name))))
    no_client = "Choose…" if kind is PersonKind.CLIENT_CONTACT else "No client"
    offered = Fields(
        kind=kind, roles=[Choice(str(each.id), each.name) for each in fitting], role=str(role.id) if role else "",
        permits=permits(role), clients=[Choice("", no_client), *(Choice(str(each.id), each.name) for each in clients)],
    )  # fmt: skip
    if of:
        offered.name, offered.email, offered.level = of.name, of.email or "", of.access_level
        offered.client = str(of.client_id or "")
    return offered


def permits_of(session: Session, role_id: int, *, by: Person) -> str:
    """What a role permits, in words."""
    require_settings(by)
    return permits(session.get(Role, role_id))


def permits(role: Role | None) -> str:
    if role is None:
        return ""
    if not role.permissions:
        return "May read what is sent to them and what their access groups show."
    return f"May {listed(sorted(role.permissions))}."


def details_of(form: object) -> Details:
    """A person out of the form; raise Invalid for what no form of ours sends."""
    return Details(
        kind=word(form, "kind", PersonKind), name=text(form, "name"), email=text(form, "email"),
        client_id=number(form, "client"), role_id=number(form, "role"),
        access_level=word(form, "access_level", AccessLevel),
    )  # fmt: skip


def _fits(role: Role, kind: PersonKind) -> bool:
    try:
        require_fitting(kind, role.permissions)
    except NotForContacts:
        return False
    return True


def _chosen(fitting: list[Role], kind: PersonKind, of: Person | None) -> Role | None:
    """The role they have if it fits, else the usual one of their kind."""
    usual = roles.INVESTIGATOR if kind is PersonKind.EMPLOYEE else roles.CLIENT_CONTACT
    order = sorted(fitting, key=lambda each: (of is None or each.id != of.role_id, each.name != usual))
    return order[0] if order else None
