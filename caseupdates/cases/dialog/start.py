"""What the dialog of a case begins with."""

from typing import NamedTuple

from sqlmodel import Session, col, func, select

from caseupdates.cases import numbers
from caseupdates.cases.access import case_to_arrange, cases_of, may_arrange
from caseupdates.cases.models import Case
from caseupdates.cases.opening import Facts
from caseupdates.people.models import AccessLevel, Client, Permission, Person, RolePermission
from caseupdates.refusals import NotPermitted

MOST_TYPES, MOST_NAMED = 100, 3


class Start(NamedTuple):
    """The fields' first values, and what they are chosen from."""

    facts: Facts
    clients: list[tuple[int, str]]
    types: list[str]  # in use, the most frequent first
    may_add_clients: bool
    ask: str  # whom to ask for a client: "Administrator A."


def start(session: Session, number: str, year: int, *, by: Person) -> Start:
    """For a new case of this year, or with a number for changing that one; raise NotFound, NotPermitted."""
    if not may_arrange(by):
        raise NotPermitted
    if number:
        case = case_to_arrange(session, number, by=by)
        facts = Facts(case.number, case.title, case.case_type, case.client_id)
    else:
        facts = Facts(numbers.suggested(session, year), "", "", 0)
    clients = session.exec(select(Client.id, Client.name).order_by(func.lower(Client.name))).all()
    return Start(
        facts, list(clients), _types(session, by=by), by.may(Permission.MANAGE_SETTINGS), _whom_to_ask(session)
    )


def _types(session: Session, *, by: Person) -> list[str]:
    mine = select(Case.case_type).where(col(Case.id).in_(cases_of(by).with_only_columns(col(Case.id))))
    frequent = mine.group_by(Case.case_type).order_by(func.count().desc(), Case.case_type)
    return list(session.exec(frequent.limit(MOST_TYPES)))


def _whom_to_ask(session: Session) -> str:
    """Those who manage settings, by name."""
    managing = select(RolePermission.role_id).where(RolePermission.permission == Permission.MANAGE_SETTINGS)
    people = select(Person.name).where(
        col(Person.role_id).in_(managing),
        col(Person.archived_at).is_(None),
        Person.access_level != AccessLevel.DISABLED,
    )
    return " or ".join(session.exec(people.order_by(Person.name).limit(MOST_NAMED))) or "an administrator"
