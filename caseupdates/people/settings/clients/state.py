"""What the page "Clients" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.interface import forms
from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.state import Frame
from caseupdates.people.clients import PAGE, add, remove, rename
from caseupdates.people.models import Permission
from caseupdates.people.settings.clients.rows import ClientRow, client_rows
from caseupdates.refusals import NotFound, Refusal


class Clients(Frame):
    """`/settings/clients`."""

    clients: list[ClientRow] = []
    search: str = ""
    is_loaded: bool = False
    has_more: bool = False
    chosen: ClientRow = ClientRow()  # whom a dialog is about; without an id it is a new one
    opened: int = 0  # how often the form was opened: its fields begin anew each time
    is_open: bool = False
    is_asking: bool = False
    problem: str = ""
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
    async def open_new(self) -> None:
        self._open(ClientRow())

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_edit(self, client_id: object) -> None:
        self._open(self._row(client_id))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save(self, form: object) -> None:
        """Add the client, or give it its new name; a refusal stands beside the button."""
        try:
            name = forms.text(form, "client-name")
            if self.chosen.id:
                await self._write(rename, self.chosen.id, name)
            else:
                await self._write(add, name)
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.is_open = False
        await self._say("Saved.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask_remove(self, client_id: object) -> None:
        self.chosen, self.is_asking, self.problem = self._row(client_id), True, ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove(self) -> None:
        """Take the client away whose removal was asked about."""
        try:
            await self._write(remove, self.chosen.id)
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.is_asking = False
        await self._say(f"“{self.chosen.name}” is removed.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def close(self, is_open: object = False) -> None:
        """Leave whichever dialog is open."""
        self.is_open = self.is_asking = False

    def _open(self, row: ClientRow) -> None:
        self.chosen, self.problem, self.is_open, self.opened = row, "", True, self.opened + 1

    def _row(self, client_id: object) -> ClientRow:
        number = whole_number(client_id)
        for row in self.clients:
            if row.id == number:
                return row
        raise NotFound

    async def _look(self) -> float | None:
        rows = await self._read(client_rows, self.search, self._limit + 1)
        self.clients, self.has_more, self.is_loaded = rows[: self._limit], len(rows) > self._limit, True
        return None
