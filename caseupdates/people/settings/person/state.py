"""What the page of one person under /settings shows."""

from collections.abc import Awaitable
from dataclasses import replace

import reflex as rx

from caseupdates import bell
from caseupdates.interface.access import permitted, whole_number
from caseupdates.interface.forms import is_word, refusal_of, text
from caseupdates.interface.state import Frame
from caseupdates.notifications import inviting
from caseupdates.people import aliases, archiving, bounces, details, sessions
from caseupdates.people.models import Permission, PersonKind
from caseupdates.people.settings.person.rows import Card, card, fields_of
from caseupdates.people.settings.rows import Fields, details_of, permits_of
from caseupdates.refusals import NotFound

QUESTIONS = ["archive", "sessions"]


class PersonSettings(Frame):
    """`/settings/people/[person_id]`."""

    person: Card = Card()
    form: Fields = Fields()
    is_person_loaded: bool = False
    refused: str = ""
    saved: int = 0  # how often: the form begins anew with what was saved
    added: int = 0  # aliases, likewise
    problem: str = ""
    alias_problem: str = ""
    asking: str = ""  # which question is open
    ask_problem: str = ""

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open; what is being typed stays."""
        async with self:
            self.is_person_loaded = self.is_person_loaded and not self._is_elsewhere("person")
            self.refused = self.problem = self.alias_problem = self.asking = ""
        try:
            await self._follow(self._look, bell.SETTINGS)
        except NotFound as refusal:
            async with self:
                self.refused, self.is_person_loaded = str(refusal), True

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def choose_kind(self, kind: object) -> None:
        """Offer what fits this kind; what was typed stays."""
        self.form = await self._read(fields_of, self._person_id, is_word(kind, PersonKind))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def choose_role(self, role_id: object) -> None:
        """Say what the role permits."""
        self.form = replace(self.form, permits=await self._read(permits_of, whole_number(role_id)))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save(self, form: object) -> None:
        """Take over the details."""
        change = self._write(details.change, self._person_id, details_of(form))
        self.problem = await refusal_of(change)
        if not self.problem:
            await self._begin_form()
            await self._say("Saved.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def add_alias(self, form: object) -> None:
        self.alias_problem = await refusal_of(self._write(aliases.add, self._person_id, text(form, "alias")))
        self.added += not self.alias_problem

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove_alias(self, alias_id: object) -> None:
        await self._write(aliases.remove, whole_number(alias_id))
        await self._say("Removed. It can be added again.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def invite(self) -> None:
        """Mail a way to choose a password; the mails of before lead nowhere then."""
        await self._write(inviting.invite, self._person_id)
        await self._say(f"An invitation is on its way to {self.person.head.address}.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def reactivate(self) -> None:
        """Mail the address again."""
        await self._write(bounces.reactivate, self._person_id)
        await self._say("Reactivated. Mail goes to this address again.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask(self, what: object) -> None:
        """Open the question before archiving or ending sessions."""
        self.asking, self.ask_problem = str(what) if what in QUESTIONS else "", ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def close(self, is_open: object = False) -> None:
        self.asking = self.asking if is_open is True else ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def archive(self) -> None:
        await self._answer(self._write(archiving.archive, self._person_id), "Archived.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def end_sessions(self) -> None:
        await self._answer(self._write(sessions.end_all_of, self._person_id), "Signed out everywhere.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def bring_back(self) -> None:
        await self._write(archiving.bring_back, self._person_id)
        await self._say("Brought back.")

    async def _answer(self, work: Awaitable[object], done: str) -> None:
        self.ask_problem = await refusal_of(work)
        if not self.ask_problem:
            self.asking = ""
            await self._say(done)

    async def _look(self) -> float | None:
        self.person = await self._read(card, self._person_id, self._zone)
        if not self.is_person_loaded:
            await self._begin_form()
        self.is_person_loaded = True
        return None

    async def _begin_form(self) -> None:
        self.form, self.saved = await self._read(fields_of, self._person_id), self.saved + 1

    @property
    def _person_id(self) -> int:
        return whole_number(self.router.url.path.rpartition("/")[2])
