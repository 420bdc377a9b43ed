"""What the page "Clients" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.interface import forms
from caseupdates.interface.access import permitted, words
from caseupdates.interface.editing import Editing
from caseupdates.interface.state import Frame
from caseupdates.people.clients import PAGE, add, remove, rename
from caseupdates.people.models import Permission
from caseupdates.people.settings.clients.rows import ClientRow, client_rows


class Clients(Editing, Frame):
    """`/settings/clients`."""

    clients: list[ClientRow] = []
    search: str = ""
    is_loaded: bool = False
    has_more: bool = False
    chosen: ClientRow = ClientRow()  # whom a dialog is about; without an id it is a new one
    _limit: int = PAGE

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        async with self:
            self.search, self._limit, self.is_open, self.is_asking = "", PAGE, False, False
        await self._follow(self._look, bell.SETTINGS, bell.CASES)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def find(self, text: object) -> None:
        self.search, self._limit = words(text, at_most=100), PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show_more(self) -> None:
        self._limit += PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save(self, form: object) -> None:
        """Add the client, or give it its new name."""
        await self._keep("Saved.", add, rename, forms.text(form, "client-name"))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove(self) -> None:
        await self._take_away(remove)

    def _rows(self) -> list[ClientRow]:
        return self.clients

    def _new_row(self) -> ClientRow:
        return ClientRow()

    async def _look(self) -> float | None:
        rows = await self._read(client_rows, self.search, self._limit + 1)
        self.clients, self.has_more, self.is_loaded = rows[: self._limit], len(rows) > self._limit, True
        return None
