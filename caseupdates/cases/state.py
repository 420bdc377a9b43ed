"""What the list of cases and the head of a case show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

import reflex as rx
from sqlmodel import Session

from caseupdates import bell
from caseupdates.cases import listing
from caseupdates.cases.access import case_numbered
from caseupdates.cases.models import Assignment, Case
from caseupdates.history.models import Event
from caseupdates.history.record import of_case
from caseupdates.interface.access import signed_in, words
from caseupdates.interface.show import Face, counted, face
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotFound
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


@dataclass
class AssignedRow:
    face: Face
    part: str = ""  # "Client Contact · primary"
    email: str = ""


@dataclass
class HistoryRow:
    who: Face
    what: str = ""
    about: str = ""
    when: str = ""


class CaseList(Frame):
    """`/cases`: the cases this person may see."""

    cases: list[CaseRow] = []
    search: str = ""
    is_loaded: bool = False
    has_more: bool = False
    _limit: int = listing.PAGE

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Keep the list as it is while the page is open; a search may come in the address."""
        async with self:
            self.search = self.router.url.query_parameters.get("search", "")[:100]
            self._limit = listing.PAGE
        await self._follow(self._look, bell.CASES)

    @rx.event
    @signed_in
    async def find(self, text: object) -> None:
        self.search, self._limit = words(text, at_most=100), listing.PAGE
        await self._look()

    @rx.event
    @signed_in
    async def show_more(self) -> None:
        self._limit += listing.PAGE
        await self._look()

    async def _look(self) -> float | None:
        rows = await self._read(_case_rows, self.search, self._limit + 1, self._zone)
        self.cases, self.has_more, self.is_loaded = rows[: self._limit], len(rows) > self._limit, True
        return None


class CasePage(Frame):
    """The head of `/cases/<number>`, its side panels and the tabs beside Updates."""

    case: CaseRow = CaseRow()
    case_refused: str = ""
    is_case_loaded: bool = False
    assigned: list[AssignedRow] = []
    events: list[HistoryRow] = []
    updates_count: int = 0
    may_create: bool = False
    may_see_history: bool = False

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Keep the head of the case as it is while the page is open."""
        async with self:
            self.is_case_loaded, self.case_refused = False, ""
        try:
            topic = bell.case(await self._read(_case_id, self.case_number))
        except NotFound as refusal:
            async with self:
                self.case_refused, self.is_case_loaded = str(refusal), True
            return
        await self._follow(self._look, topic)

    async def _look(self) -> float | None:
        head: _Head = await self._read(_head, self.case_number)
        zone = self._zone
        self.case = _row(head.case, zone, head.to_validate)
        self.assigned = [_assigned_row(each) for each in head.assigned]
        self.events = [
            HistoryRow(face(each.person), each.what, each.about, said(each.at, zone)) for each in head.events
        ]
        self.updates_count, self.is_case_loaded = head.updates, True
        self.may_create, self.may_see_history = head.may_create, head.may_see_history
        return None

    @rx.var
    def assigned_said(self) -> str:
        return counted(len(self.assigned), "person", "people")


class _Head(NamedTuple):
    case: Case
    updates: int
    to_validate: int
    assigned: Sequence[Assignment]
    events: Sequence[Event]
    may_create: bool
    may_see_history: bool


def _head(session: Session, number: str, *, by: Person) -> _Head:
    case = case_numbered(session, number, by=by)
    history = by.may(Permission.VIEW_HISTORY)
    updates, to_validate = feed.count(session, case, by=by)
    return _Head(
        case, updates, to_validate if by.is_employee else 0, listing.assignments(session, case) if by.is_employee else [],
        of_case(session, case.id) if history else [], by.may(Permission.CREATE_UPDATES), history,
    )  # fmt: skip


def _case_id(session: Session, number: str, *, by: Person) -> int:
    return case_numbered(session, number, by=by).id


def _case_rows(session: Session, search: str, limit: int, zone: tzinfo, *, by: Person) -> list[CaseRow]:
    cases = listing.search(session, search, by=by, limit=limit)
    waiting = feed.waiting_by_case(session, [case.id for case in cases], by=by)
    return [_row(case, zone, waiting.get(case.id, 0)) for case in cases]


def _row(case: Case, zone: tzinfo, to_validate: int) -> CaseRow:
    when = said(case.last_activity_at, zone)
    return CaseRow(case.number, case.title, case.client.name, case.case_type, when, case.closed_at is None, to_validate)


def _assigned_row(assignment: Assignment) -> AssignedRow:
    part = f"{assignment.group} · primary" if assignment.is_primary else str(assignment.group)
    return AssignedRow(face(assignment.person), part, assignment.person.email or "no email address")
