"""What the tab "History" of a case shows."""

from contextlib import suppress
from urllib.parse import quote

import reflex as rx

from caseupdates.history.listing import PAGE
from caseupdates.history.rows import HistoryRow, case_rows, query, wanted_of
from caseupdates.interface.access import permitted, signed_in, words
from caseupdates.interface.on_case import OnCase
from caseupdates.people.models import Permission
from caseupdates.refusals import NotPermitted


class CaseHistory(OnCase):
    """The lines of the case, kept live."""

    lines: list[HistoryRow] = []
    search: str = ""
    kind: str = ""  # of Area; empty for all
    download: str = ""
    has_more: bool = False
    is_loaded: bool = False
    _limit: int = PAGE

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Follow the case while its page is open."""
        with suppress(NotPermitted):  # the page has no such tab then
            await self._follow_case("history")

    @rx.event
    @permitted(Permission.VIEW_HISTORY)
    async def find(self, text: object) -> None:
        self.search, self._limit = words(text, at_most=100), PAGE
        await self._look()

    @rx.event
    @permitted(Permission.VIEW_HISTORY)
    async def choose(self, kind: object) -> None:
        """Only lines of this kind; of all when it is empty."""
        self.kind, self._limit = words(kind, at_most=40), PAGE
        await self._look()

    @rx.event
    @permitted(Permission.VIEW_HISTORY)
    async def show_more(self) -> None:
        self._limit += PAGE
        await self._look()

    async def _look(self) -> float | None:
        wanted, limit = wanted_of(self.search, self.kind), self._limit
        rows = await self._read(case_rows, self.case_number, wanted, limit + 1, self._zone)
        self.lines, self.has_more, self.is_loaded = rows[:limit], len(rows) > limit, True
        self.download = f"/cases/{quote(self.case_number)}/history.csv{query(wanted)}"
        return None

    def _forget(self) -> None:
        self.lines, self.search, self.kind, self._limit, self.is_loaded = [], "", "", PAGE, False
