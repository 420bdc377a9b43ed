"""What the page "People" under /settings shows."""

from dataclasses import replace

import reflex as rx

from caseupdates import bell
from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.forms import is_ticked, is_word, refusal_of
from caseupdates.interface.state import Frame
from caseupdates.notifications import inviting
from caseupdates.people import listing
from caseupdates.people.listing import Filter, Who
from caseupdates.people.models import Permission, PersonKind
from caseupdates.people.settings.rows import Fields, PersonRow, details_of, fields, people_rows, permits_of


class People(Frame):
    """`/settings/people`: everybody, and the dialog that adds somebody."""

    people: list[PersonRow] = []
    search: str = ""
    who: str = Who.EVERYBODY
    is_archived: bool = False
    is_loaded: bool = False
    has_more: bool = False
    is_open: bool = False
    opened: int = 0
    form: Fields = Fields()
    problem: str = ""
    _limit: int = listing.PAGE

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the list as it is while the page is open; a search may come in the address."""
        async with self:
            self.search = self.router.url.query_parameters.get("search", "")[:100]
            self._limit, self.is_open = listing.PAGE, False
        await self._follow(self._look, bell.SETTINGS)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def find(self, text: object) -> None:
        self.search, self._limit = words(text, at_most=100), listing.PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def only(self, who: object) -> None:
        self.who, self._limit = str(is_word(who, Who)), listing.PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show(self, which: object) -> None:
        """Those who are active, or the archived."""
        self.is_archived, self._limit = which == "archived", listing.PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show_more(self) -> None:
        self._limit += listing.PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_new(self) -> None:
        """The dialog "Add person", empty."""
        self.form = await self._read(fields, kind=PersonKind.EMPLOYEE)
        self.problem, self.is_open, self.opened = "", True, self.opened + 1

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def choose_kind(self, kind: object) -> None:
        """Offer what fits this kind; what was typed stays."""
        self.form = await self._read(fields, kind=is_word(kind, PersonKind))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def choose_role(self, role_id: object) -> None:
        """Say what the role permits."""
        self.form = replace(self.form, permits=await self._read(permits_of, whole_number(role_id)))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def close(self, is_open: object = False) -> None:
        self.is_open = is_open is True

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def add(self, form: object) -> None:
        """Add the person, and invite them where that is ticked."""
        given, invites = details_of(form), is_ticked(form, "invite")
        self.problem = await refusal_of(self._write(inviting.add, given, invites=invites))
        if not self.problem:
            self.is_open = False
            await self._say(f"Added. An invitation is on its way to {given.email}." if invites else "Added.")

    async def _look(self) -> float | None:
        wanted = Filter(self.search, Who(self.who), self.is_archived)
        rows = await self._read(people_rows, wanted, self._limit + 1, self._zone)
        self.people, self.has_more, self.is_loaded = rows[: self._limit], len(rows) > self._limit, True
        return None
