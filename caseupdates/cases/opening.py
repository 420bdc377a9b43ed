"""Open a case, change what it is called, close it, open it again."""

from typing import Any, NamedTuple

from sqlmodel import Session, col, select, update

from caseupdates import bell, clock
from caseupdates.cases import new_client, numbers
from caseupdates.cases.access import case_to_arrange, hold, may_arrange
from caseupdates.cases.models import Assignment, Case, Group
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.notifications.models import Notification
from caseupdates.people.models import AccessLevel, Client, Person
from caseupdates.refusals import Invalid, NotPermitted, Refusal

TITLE_LENGTH, TYPE_LENGTH = 200, 80  # characters
SAID = {"number": "number", "title": "title", "case_type": "type", "client_id": "client"}


class Facts(NamedTuple):
    """What the fields of the dialog hold."""

    number: str
    title: str
    case_type: str
    client_id: int
    new_client: str = ""  # the name of one that is made with the case


class ClientStays(Refusal):
    status = 409

    def __init__(self, case: Case) -> None:
        super().__init__(case.id)
        self.case = case

    def __str__(self) -> str:
        return (
            f"Contacts of {self.case.client.name} are assigned to this case. Remove them before it gets another client."
        )


def open_case(session: Session, facts: Facts, *, by: Person) -> Case:
    """A new case; raise Invalid, NumberTaken, NotPermitted. Whoever would not see it otherwise becomes its case manager."""
    if not may_arrange(by):
        raise NotPermitted
    facts, now = _checked(session, facts, by=by), clock.now()
    case = Case(**_kept(facts), opened_at=now, last_activity_at=now)
    session.add(case)
    session.flush()
    record(session, Area.CASES, "case opened", by=by, case_id=case.id, about=case.title)
    if by.access_level is not AccessLevel.FULL:
        session.add(
            Assignment(case_id=case.id, person_id=by.id, group=Group.CASE_MANAGER, is_primary=True, assigned_at=now)
        )
        record(
            session, Area.CASES, "person assigned", by=by, case_id=case.id, about=f"{by.name} · {Group.CASE_MANAGER}"
        )
    session.flush()
    bell.ring(session, bell.CASES)
    return case


def change(session: Session, number: str, facts: Facts, *, by: Person) -> Case:
    """Give a case another number, title, type or client; raise ClientStays, numbers.NumberStays, and what open_case raises."""
    case = hold(session, case_to_arrange(session, number, by=by))
    facts = _checked(session, facts, by=by, now=case)
    if facts.client_id != case.client_id and _has_contacts(session, case):
        raise ClientStays(case)
    changed, path = [name for name, value in _kept(facts).items() if value != getattr(case, name)], case.path
    for name in changed:
        setattr(case, name, _kept(facts)[name])
    if case.path != path:  # those who were assigned have been told where it is
        session.exec(update(Notification).where(col(Notification.path) == path).values(path=case.path))
    if changed:
        session.flush()
        session.refresh(case)
        about = f"{case.title} · {', '.join(SAID[name] for name in changed)}"
        _tell(session, case, "case changed", about, by=by)
    return case


def close(session: Session, number: str, *, by: Person) -> Case:
    """Close a case; of two who do, the first does. The links that end with it: links.endings."""
    case = hold(session, case_to_arrange(session, number, by=by))
    if case.closed_at is None:
        case.closed_at = clock.now()
        _tell(session, case, "case closed", case.title, by=by)
    return case


def reopen(session: Session, number: str, *, by: Person) -> Case:
    """Open a closed case again, with the links that ended with it."""
    case = hold(session, case_to_arrange(session, number, by=by))
    if case.closed_at is not None:
        case.closed_at = None
        _tell(session, case, "case reopened", case.title, by=by)
    return case


def _tell(session: Session, case: Case, what: str, about: str, *, by: Person) -> None:
    session.add(case)
    record(session, Area.CASES, what, by=by, case_id=case.id, about=about)
    bell.ring(session, bell.case(case.id), bell.CASES)


def _checked(session: Session, facts: Facts, *, by: Person, now: Case | None = None) -> Facts:
    """The facts as they are kept; `now` is the case they change."""
    title, case_type = " ".join(facts.title.split()), " ".join(facts.case_type.split())
    number = facts.number.strip()
    if now is None or number != now.number:
        number = numbers.checked(session, number, instead_of=now)
    for value, most, what in ((title, TITLE_LENGTH, "title"), (case_type, TYPE_LENGTH, "type")):
        if not value:
            raise Invalid(f"Please give the case a {what}.")
        if len(value) > most:
            raise Invalid(f"A case’s {what} has at most {most} characters.")
    return Facts(number, title, case_type, _client(session, facts, by=by).id)


def _kept(facts: Facts) -> dict[str, Any]:
    return {name: value for name, value in facts._asdict().items() if name in SAID}


def _client(session: Session, facts: Facts, *, by: Person) -> Client:
    if name := " ".join(facts.new_client.split()):
        return new_client.add(session, name, by=by)
    if client := session.get(Client, facts.client_id):
        return client
    raise Invalid("Please choose the client the case is worked for.")


def _has_contacts(session: Session, case: Case) -> bool:
    contacts = select(Assignment.id).where(
        Assignment.case_id == case.id, Assignment.group == Group.CLIENT_CONTACT, col(Assignment.ended_at).is_(None)
    )
    return session.exec(contacts.limit(1)).first() is not None
