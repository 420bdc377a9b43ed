"""Display records of one person's page, and what they are read from."""

from dataclasses import dataclass, field
from datetime import tzinfo

from sqlmodel import Session

from caseupdates.cases.work import work_of
from caseupdates.interface.when import said
from caseupdates.people import aliases, invitations, sessions
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import AccessLevel, Bounce, Person, PersonKind
from caseupdates.people.rows import SessionRow, session_row
from caseupdates.people.settings.rows import Fields, PersonRow, fields, person_row


@dataclass
class AliasRow:
    id: int = 0
    address: str = ""


@dataclass
class CaseLine:
    number: str = ""
    title: str = ""
    part: str = ""  # "Investigator · primary · closed"


@dataclass
class Card:
    """Everything on the page beside the form of details."""

    head: PersonRow = field(default_factory=PersonRow)
    is_oneself: bool = False
    is_archived: bool = False
    bounced: str = ""  # what made the address refuse mail, and when
    entry: str = ""  # whether they can sign in, in words
    is_invited: bool = False
    may_invite: bool = False
    sessions: list[SessionRow] = field(default_factory=list)
    aliases: list[AliasRow] = field(default_factory=list)
    cases: list[CaseLine] = field(default_factory=list)


def card(session: Session, person_id: int, zone: tzinfo, *, by: Person) -> Card:
    person = person_numbered(session, person_id, by=by)
    until = invitations.open_until(session, [person.id]).get(person.id)
    invited = said(until, zone)
    return Card(
        person_row(person, until, zone), person.id == by.id, person.archived_at is not None, _bounced(person, zone),
        _entry(person, invited), bool(invited), bool(person.is_active and person.email and not person.bounced_at),
        [session_row(each, zone) for each in sessions.live_of(session, person.id, by=by)],
        [AliasRow(each.id, each.address) for each in aliases.of(session, person.id, by=by)],
        [
            CaseLine(
                case.number, case.title,
                " · ".join([on.group, *["primary"][: on.is_primary], *["closed"][: case.closed_at is not None]]),
            )
            for case, on in work_of(session, person.id, by=by)
        ],
    )  # fmt: skip


def fields_of(session: Session, person_id: int, kind: PersonKind | None = None, *, by: Person) -> Fields:
    """The form with what the person has, offering what fits another kind where one is chosen."""
    person = person_numbered(session, person_id, by=by)
    return fields(session, by=by, kind=kind or person.kind, of=person)


def _bounced(person: Person, zone: tzinfo) -> str:
    if person.bounced_at is None:
        return ""
    when = said(person.bounced_at, zone)
    match person.bounce:
        case Bounce.COMPLAINED:
            return f"Mail to {person.email} was marked as spam {when}."
        case Bounce.SUPPRESSED:
            return (
                f"The mail provider blocked {person.email} {when}. Take it off the provider's suppression list first."
            )
        case Bounce.BOUNCED:
            return f"Mail to {person.email} came back {when}."


def _entry(person: Person, invited: str) -> str:
    if person.archived_at:
        return "Archived: nobody signs in."
    if person.access_level is AccessLevel.DISABLED:
        return "The access level is Disabled: they cannot sign in."
    if person.password_hash:
        out = f" A mail to choose a new password is out, good until {invited}." if invited else ""
        return f"They have a password and can sign in.{out}"
    if invited:
        return f"Invited, until {invited}. They have not chosen a password yet."
    return "Not invited. They cannot sign in until they have chosen a password."
