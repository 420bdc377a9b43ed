"""What the updates of a case show, in the tab and on an update's own page."""

import reflex as rx

from caseupdates.interface.access import permitted, signed_in, whole_number
from caseupdates.interface.on_case import OnCase
from caseupdates.people.models import Permission
from caseupdates.sending.undo import undo
from caseupdates.updates import feed, validation
from caseupdates.updates.rows import Shown, shown


class Feed(OnCase):
    """The updates on the page, kept live; one of them alone on its own page."""

    updates: list[Shown] = []
    is_loaded: bool = False
    has_more: bool = False
    refused: str = ""
    _limit: int = feed.PAGE

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Follow the case while the page is open."""
        await self._follow_case("feed")

    @rx.event
    @signed_in
    async def show_more(self) -> None:
        self._limit += feed.PAGE
        await self._look()

    @rx.event
    @permitted(Permission.VALIDATE_UPDATES)
    async def validate(self, update_id: object, seen: object) -> None:
        await self._write(validation.validate, whole_number(update_id), seen=whole_number(seen))

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def undo(self, sending_id: object) -> None:
        await self._write(undo, whole_number(sending_id))
        await self._say("Undone. No email has left.")

    async def _look(self) -> float | None:
        own_page = self.router.url.path.partition("/updates/")[2]
        found = await self._read(shown, self.case_number, own_page, self._limit + 1, self._zone)
        self.updates, again = found[0][: self._limit], found[1]
        self.has_more, self.is_loaded = len(found[0]) > self._limit, True
        return again

    def _forget(self) -> None:
        self.updates, self.is_loaded, self._limit = [], False, feed.PAGE

    def _refuse(self, why: str) -> None:
        self.refused = why
        if why:
            self.updates, self.is_loaded = [], True
