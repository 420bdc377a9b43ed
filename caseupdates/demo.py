"""The demo firm: enough people, cases and updates to try everything with, on this machine only."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, SQLModel, delete

from caseupdates import clock
from caseupdates.cases.models import AccessGroup, Assignment, Case
from caseupdates.delivery.models import Message, Payload
from caseupdates.demo_firm import ASSIGNED, CASES, CONTACTS, EMPLOYEES, FILES, MAIN_CASE, PASSWORD, SIGN_INS, UPDATES
from caseupdates.files import drafting, storage
from caseupdates.files.uploading import take_in
from caseupdates.notifications.listing import mark_all_read
from caseupdates.people import addresses, passwords, roles
from caseupdates.people.firm import name_firm
from caseupdates.people.models import Client, Person, PersonKind
from caseupdates.sending.models import DistributionGroup, DistributionGroupMember
from caseupdates.sending.send import send
from caseupdates.updates.models import Revision
from caseupdates.updates.validation import validate
from caseupdates.updates.writing import Text, write

HERE = Path(__file__).parent


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
    written = [_update(session, people, groups, *each, FILES.get(each[2], ())) for each in UPDATES[:-1]]
    mark_all_read(session, by=people["manager"])
    session.exec(delete(Payload))
    session.exec(delete(Message))  # mails of days gone by were read then
    _update(session, people, groups, *UPDATES[-1], FILES[UPDATES[-1][2]])
    with _ago(days=1, minutes=2):
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
    files: Iterable[str],
) -> Revision:
    by = people["investigator"]
    with _ago(days=days, minutes=20):
        for name in files:
            content = storage.keep((HERE / "demo_files" / name).read_bytes())
            take_in(session, MAIN_CASE, name, content, draft="new", by=by)
        revision = drafting.save(session, MAIN_CASE, "new", Text(title, body, groups[group].id), by=by)
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
