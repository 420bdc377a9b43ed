"""What the list of cases and the head of a case show."""

from contextlib import suppress

import reflex as rx

from caseupdates import bell
from caseupdates.cases import listing, views
from caseupdates.cases.rows import AssignedRow, CaseRow, Head, assigned_row, case_row, case_rows, head
from caseupdates.interface.access import signed_in, words
from caseupdates.interface.on_case import OnCase
from caseupdates.interface.state import Frame
from caseupdates.refusals import NotFound


class CaseList(Frame):
    """`/cases`: the cases this person may see."""

    cases: list[CaseRow] = []
    search: str = ""
    is_loaded: bool = False
    has_more: bool = False
    may_open: bool = False
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
        rows, self.may_open = await self._read(case_rows, self.search, self._limit + 1, self._zone)
        self.cases, self.has_more, self.is_loaded = rows[: self._limit], len(rows) > self._limit, True
        return None


class CasePage(OnCase):
    """The head of `/cases/<number>`, its side panels and the tabs beside Updates."""

    case: CaseRow = CaseRow()
    case_refused: str = ""
    is_case_loaded: bool = False
    assigned: list[AssignedRow] = []
    updates_count: int = 0
    may_create: bool = False
    may_see_history: bool = False

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Keep the head of the case as it is while the page is open, and note that this person has it before them."""
        with suppress(NotFound):  # the page says so below
            if await self._read(views.is_due, self.case_number):
                await self._write(views.note, self.case_number)
        await self._follow_case("case")

    async def _look(self) -> float | None:
        found: Head = await self._read(head, self.case_number)
        zone = self._zone
        self.case = case_row(found.case, zone, found.to_validate)
        self.assigned = [assigned_row(each) for each in found.assigned]
        self.updates_count, self.is_case_loaded = found.updates, True
        self.may_create, self.may_see_history = found.may_create, found.may_see_history
        return None

    def _forget(self) -> None:
        self.is_case_loaded = False

    def _refuse(self, why: str) -> None:
        self.case_refused = why
        if why:
            self.case, self.assigned, self.is_case_loaded = CaseRow(), [], True
