"""What the page "History" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.history.listing import PAGE
from caseupdates.history.rows import HistoryRow, firm_rows, query, wanted_of
from caseupdates.interface.access import permitted, words
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission

AGAIN = 15.0  # seconds: what neither settings nor the list of cases ring for, a sign-in say, is seen by then


class FirmHistory(Frame):
    """`/settings/history`: every line there is."""

    lines: list[HistoryRow] = []
    search: str = ""
    kind: str = ""  # of Area; empty for all
    download: str = ""
    has_more: bool = False
    is_loaded: bool = False
    _limit: int = PAGE

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        async with self:
            if self._is_elsewhere("firm history"):
                self.search, self.kind, self._limit = "", "", PAGE
        await self._follow(self._look, bell.SETTINGS, bell.CASES)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def find(self, text: object) -> None:
        self.search, self._limit = words(text, at_most=100), PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def choose(self, kind: object) -> None:
        """Only lines of this kind; of all when it is empty."""
        self.kind, self._limit = words(kind, at_most=40), PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show_more(self) -> None:
        self._limit += PAGE
        await self._look()

    async def _look(self) -> float | None:
        wanted, limit = wanted_of(self.search, self.kind), self._limit
        rows = await self._read(firm_rows, wanted, limit + 1, self._zone)
        self.lines, self.has_more, self.is_loaded = rows[:limit], len(rows) > limit, True
        self.download = f"/settings/history.csv{query(wanted)}"
        return AGAIN
