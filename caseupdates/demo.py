"""The demo firm: enough people, cases and updates to try everything with, on this machine only."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlmodel import Session, SQLModel, delete

from caseupdates import clock
from caseupdates.cases.models import AccessGroup, Assignment, Case, Group
from caseupdates.delivery.models import Message
from caseupdates.notifications.listing import mark_all_read
from caseupdates.people import addresses, passwords, roles
from caseupdates.people.firm import name_firm
from caseupdates.people.models import AccessLevel, Client, Person, PersonKind
from caseupdates.sending.models import DistributionGroup, DistributionGroupMember
from caseupdates.sending.send import send
from caseupdates.updates.models import Revision
from caseupdates.updates.validation import validate
from caseupdates.updates.writing import Text, write

PASSWORD = "case-updates-demo"  # noqa: S105 (printed at the start and in the README)
MAIN_CASE = "2026-0142"
SIGN_INS = {
    "administrator": "everything, settings too",
    "manager": "validates and sends",
    "investigator": "writes",
    "colleague": "an investigator on no case",
    "client": "a client contact who can sign in",
    "outsider": "a contact of another client",
}

EMPLOYEES = {
    # address: name, role, access level
    "administrator": ("Administrator A.", roles.ADMINISTRATOR, AccessLevel.FULL),
    "manager": ("Manager G.", roles.CASE_MANAGER, AccessLevel.FULL),
    "investigator": ("Investigator R.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "colleague": ("Colleague S.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "second.investigator": ("Investigator S.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "sales": ("Salesperson B.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "staff": ("Staff T.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "analyst": ("Analyst D.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "night.desk": ("Night Desk", roles.CASE_MANAGER, AccessLevel.LIMITED),
}
CONTACTS = {
    # address: name, client
    "client": ("Client C.", "Meridian Freight Ltd"),
    "partner": ("Partner C.", "Meridian Freight Ltd"),
    "paralegal": ("Paralegal P.", "Meridian Freight Ltd"),
    "accounts": ("Accounts O.", "Meridian Freight Ltd"),
    "outsider": ("Outsider O.", "Harbour Street Lettings"),
}
CASES = {
    # number: title, type, client
    MAIN_CASE: ("Warehouse losses, Quay Street", "Surveillance", "Meridian Freight Ltd"),
    "2026-0151": ("Harbour Street tenancy", "Tenancy", "Harbour Street Lettings"),
    "2026-0137": ("Driver background checks", "Background", "Meridian Freight Ltd"),
}
ASSIGNED = {
    # case: group, addresses; the first of each group is primary
    MAIN_CASE: {
        Group.CLIENT_CONTACT: ["client", "partner", "paralegal", "accounts"],
        Group.CASE_MANAGER: ["manager"],
        Group.INVESTIGATOR: ["investigator", "second.investigator"],
        Group.SALESPERSON: ["sales"],
        Group.ADDITIONAL_EMPLOYEE: ["staff"],
    },
    "2026-0151": {Group.CLIENT_CONTACT: ["outsider"], Group.CASE_MANAGER: ["manager"]},
    "2026-0137": {Group.CASE_MANAGER: ["manager"], Group.INVESTIGATOR: ["second.investigator"]},
}
UPDATES = (
    # days ago, access group, title, body, validated
    (
        9, "Public", "Opening note",
        "We start tonight. **Two observers**, one on the quay side and one on the ring road.\n\n"
        "- Observation from 22:00 to 05:00\n- A written summary every morning\n- Footage at the end of each week",
    ),
    (
        5, "Staff only", "Vehicle list for the night desk",
        "| Vehicle | Seen | Remark |\n|---|---|---|\n| White van | 02:10 | leaves without lights |\n"
        "| Gray estate | 02:40 | waits at the ring road |",
    ),
    (
        1, "Public", "Interim report, first week",
        "The report summarises five nights of observation. Losses match the departures logged at 02:00–03:30. "
        "We recommend continuing to the end of the month and preserving the gate controller's records now.",
    ),
    (
        0, "Public", "Night two: the side gate again",
        "Two vehicles at 02:14 and 03:05, same route as Tuesday. Plates legible on the second. "
        "The side gate was unlocked from inside both times.",
    ),
)  # fmt: skip


def is_loaded(session: Session) -> bool:
    """Is this database the demo firm's? Told by its administrator's address."""
    return addresses.person_with(session, f"{next(iter(SIGN_INS))}@example.com") is not None


def load(session: Session) -> None:
    """Fill an empty database, its story ending now."""
    name_firm(session, "Harbour Investigations", contact="Questions? Call 020 7946 0000.")
    people = _people(session)
    groups = _access_groups(session)
    _cases(session, people)
    _usual_recipients(session, [people[address] for address in ("client", "partner", "investigator")])
    written = [_update(session, people, groups, *each) for each in UPDATES[:-1]]
    mark_all_read(session, by=people["manager"])
    session.exec(delete(Message))  # mails of days gone by were read then
    _update(session, people, groups, *UPDATES[-1])
    with _ago(days=1, minutes=-2):
        _send(
            session, written[2], [people[each] for each in ("partner", "paralegal", "investigator")], people["manager"]
        )
    with _ago(days=2):
        other = Text(
            "Tenancy: keys returned", "The keys were returned on Friday; photographs follow.", groups["Public"].id
        )
        write(session, "2026-0151", other, by=people["manager"])


def _people(session: Session) -> dict[str, Person]:
    ready, password, now = roles.ready(session), passwords.hashed(PASSWORD), clock.now()
    clients = {name: Client(name=name) for name in {client for _, client in CONTACTS.values()}}
    _keep(session, *clients.values())
    people = {
        address: Person(
            kind=PersonKind.EMPLOYEE, name=name, email=f"{address}@example.com", role_id=ready[role].id,
            access_level=level, created_at=now, password_hash=password if address in SIGN_INS else None,
        )
        for address, (name, role, level) in EMPLOYEES.items()
    } | {
        address: Person(
            kind=PersonKind.CLIENT_CONTACT, name=name, email=f"{address}@example.com", client_id=clients[client].id,
            role_id=ready[roles.CLIENT_CONTACT].id, created_at=now,
            password_hash=password if address in SIGN_INS else None,
        )
        for address, (name, client) in CONTACTS.items()
    }  # fmt: skip
    people["accounts"].bounced_at = now - timedelta(days=20)
    _keep(session, *people.values())
    return people


def _access_groups(session: Session) -> dict[str, AccessGroup]:
    ready = roles.ready(session)
    staff = [role for name, role in ready.items() if name != roles.CLIENT_CONTACT]
    groups = {
        "Public": AccessGroup(name="Public", roles=list(ready.values())),
        "Staff only": AccessGroup(name="Staff only", roles=staff),
    }
    _keep(session, *groups.values())
    return groups


def _cases(session: Session, people: dict[str, Person]) -> None:
    now, clients = clock.now(), {client: people[address].client_id or 0 for address, (_, client) in CONTACTS.items()}
    for number, (title, case_type, client) in CASES.items():
        opened = now - timedelta(days=10)
        case = Case(
            number=number, title=title, case_type=case_type, client_id=clients[client], opened_at=opened,
            last_activity_at=opened,
        )  # fmt: skip
        _keep(session, case)
        for group, names in ASSIGNED[number].items():
            for address in names:
                primary = address == names[0]
                session.add(
                    Assignment(
                        case_id=case.id,
                        person_id=people[address].id,
                        group=group,
                        is_primary=primary,
                        assigned_at=opened,
                    )
                )
    session.flush()


def _usual_recipients(session: Session, members: list[Person]) -> None:
    group = DistributionGroup(name="Usual recipients")
    group.members = [DistributionGroupMember(group_id=0, person_id=each.id) for each in members]
    _keep(session, group)


def _update(
    session: Session,
    people: dict[str, Person],
    groups: dict[str, AccessGroup],
    days: int,
    group: str,
    title: str,
    body: str,
) -> Revision:
    with _ago(days=days, minutes=20):
        revision = write(session, MAIN_CASE, Text(title, body, groups[group].id), by=people["investigator"])
    if days:
        with _ago(days=days, minutes=5):
            validate(session, revision.update_id, seen=1, by=people["manager"])
    return revision


def _send(session: Session, revision: Revision, to: list[Person], by: Person) -> None:
    chosen = [person.id for person in to]
    note = "Please read the recommendation before Friday's call."
    send(session, revision.update_id, chosen, seen=1, already=0, note=note, by=by, undo=timedelta())


def _keep(session: Session, *rows: SQLModel) -> None:
    session.add_all(rows)
    session.flush()


@contextmanager
def _ago(**by: float) -> Iterator[datetime]:
    """Write as if it were earlier; only at the start, before anybody is served."""
    present, moment = clock.source, clock.now() - timedelta(**by)
    clock.source = lambda: moment
    try:
        yield moment
    finally:
        clock.source = present
