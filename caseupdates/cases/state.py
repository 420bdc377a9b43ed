"""What the list of cases and the head of a case show."""

import reflex as rx

from caseupdates import bell
from caseupdates.cases import listing
from caseupdates.cases.access import case_id
from caseupdates.cases.rows import AssignedRow, CaseRow, Head, HistoryRow, assigned_row, case_row, case_rows, head
from caseupdates.interface.access import signed_in, words
from caseupdates.interface.show import face
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.refusals import NotFound


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
        rows = await self._read(case_rows, self.search, self._limit + 1, self._zone)
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
            self.is_case_loaded, self.case_refused = self.is_case_loaded and not self._is_elsewhere("case"), ""
        try:
            topic = bell.case(await self._read(case_id, self.case_number))
        except NotFound as refusal:
            async with self:
                self.case_refused, self.is_case_loaded = str(refusal), True
            return
        await self._follow(self._look, topic, bell.SETTINGS)

    async def _look(self) -> float | None:
        found: Head = await self._read(head, self.case_number)
        zone = self._zone
        self.case = case_row(found.case, zone, found.to_validate)
        self.assigned = [assigned_row(each) for each in found.assigned]
        self.events = [
            HistoryRow(face(each.person), each.what, each.about, said(each.at, zone)) for each in found.events
        ]
        self.updates_count, self.is_case_loaded = found.updates, True
        self.may_create, self.may_see_history = found.may_create, found.may_see_history
        return None
