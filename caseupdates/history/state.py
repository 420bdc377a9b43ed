"""What the tab "History" of a case shows, and what the firm's history shares with it."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote

import reflex as rx

from caseupdates.history.listing import PAGE
from caseupdates.history.rows import HistoryRow, case_rows, query, wanted_of
from caseupdates.interface.access import permitted, signed_in, words
from caseupdates.interface.on_case import OnCase
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.refusals import NotPermitted


class Lines(Frame, mixin=True):
    """Lines that are searched, filtered and paged; each page asks in its own way who may."""

    lines: list[HistoryRow] = []
    search: str = ""
    kind: str = ""  # of Area; empty for all
    download: str = ""
    has_more: bool = False
    is_loaded: bool = False
    _limit: int = PAGE

    async def _search(self, text: object) -> None:
        self.search, self._limit = words(text, at_most=100), PAGE
        await self._look()

    async def _choose(self, kind: object) -> None:
        self.kind, self._limit = words(kind, at_most=40), PAGE
        await self._look()

    async def _look_further(self) -> None:
        self._limit += PAGE
        await self._look()

    async def _look_through(self, rows: Callable[..., list[HistoryRow]], path: str, *of: str) -> None:
        """Read the lines by `rows`, and say where their table is."""
        wanted, limit = wanted_of(self.search, self.kind), self._limit
        found = await self._read(rows, *of, wanted, limit + 1, self._zone)
        self.lines, self.has_more, self.is_loaded = found[:limit], len(found) > limit, True
        self.download = f"{path}{query(wanted)}"

    async def _look(self) -> float | None:
        raise NotImplementedError


class CaseHistory(Lines, OnCase):
    """The lines of the case, kept live."""

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Follow the case while its page is open."""
        with suppress(NotPermitted):  # the page has no such tab then
            await self._follow_case("history")

    @rx.event
    @permitted(Permission.VIEW_HISTORY)
    async def find(self, text: object) -> None:
        await self._search(text)

    @rx.event
    @permitted(Permission.VIEW_HISTORY)
    async def choose(self, kind: object) -> None:
        """Only lines of this kind; of all when it is empty."""
        await self._choose(kind)

    @rx.event
    @permitted(Permission.VIEW_HISTORY)
    async def show_more(self) -> None:
        await self._look_further()

    async def _look(self) -> float | None:
        number = self.case_number
        await self._look_through(case_rows, f"/cases/{quote(number)}/history.csv", number)
        return None

    def _forget(self) -> None:
        self.lines, self.search, self.kind, self._limit, self.is_loaded = [], "", "", PAGE, False
