"""Display records of cases, and what they are read from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from sqlmodel import Session

from caseupdates.cases import listing
from caseupdates.cases.access import case_numbered, may_arrange
from caseupdates.cases.models import Assignment, Case
from caseupdates.interface.show import Face, face
from caseupdates.interface.when import said
from caseupdates.people.models import Permission, Person
from caseupdates.updates import feed


@dataclass
class CaseRow:
    number: str = ""
    title: str = ""
    client: str = ""
    case_type: str = ""
    when: str = ""
    is_open: bool = True
    to_validate: int = 0
    path: str = ""


@dataclass
class AssignedRow:
    face: Face
    part: str = ""  # "Client Contact · primary"
    email: str = ""


class Head(NamedTuple):
    case: Case
    updates: int
    to_validate: int
    assigned: Sequence[Assignment]
    may_create: bool
    may_see_history: bool


def head(session: Session, number: str, *, by: Person) -> Head:
    case = case_numbered(session, number, by=by)
    updates, to_validate = feed.count(session, case, by=by)
    return Head(
        case, updates, to_validate if by.is_employee else 0, listing.assignments(session, case) if by.is_employee else [],
        by.may(Permission.CREATE_UPDATES), by.is_employee and by.may(Permission.VIEW_HISTORY),
    )  # fmt: skip


def case_rows(session: Session, search: str, limit: int, zone: tzinfo, *, by: Person) -> tuple[list[CaseRow], bool]:
    """The rows of the list, and whether this person may open a case."""
    cases = listing.search(session, search, by=by, limit=limit)
    waiting = feed.waiting_by_case(session, [case.id for case in cases], by=by)
    return [case_row(case, zone, waiting.get(case.id, 0)) for case in cases], may_arrange(by)


def case_row(case: Case, zone: tzinfo, to_validate: int) -> CaseRow:
    when = said(case.last_activity_at, zone)
    is_open = case.closed_at is None
    return CaseRow(case.number, case.title, case.client.name, case.case_type, when, is_open, to_validate, case.path)


def assigned_row(assignment: Assignment) -> AssignedRow:
    part = f"{assignment.group} · primary" if assignment.is_primary else str(assignment.group)
    return AssignedRow(face(assignment.person), part, assignment.person.email or "no email address")
