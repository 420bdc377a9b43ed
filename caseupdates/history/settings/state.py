"""What the page "History" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.history.listing import PAGE
from caseupdates.history.rows import firm_rows
from caseupdates.history.state import Lines
from caseupdates.interface.access import permitted
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission

AGAIN = 15.0  # seconds: what neither settings nor the list of cases ring for, a sign-in say, is seen by then


class FirmHistory(Lines, Frame):
    """`/settings/history`: every line there is."""

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
        await self._search(text)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def choose(self, kind: object) -> None:
        """Only lines of this kind; of all when it is empty."""
        await self._choose(kind)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show_more(self) -> None:
        await self._look_further()

    async def _look(self) -> float | None:
        await self._look_through(firm_rows, "/settings/history.csv")
        return AGAIN
