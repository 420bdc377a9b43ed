"""What the page "Email template" under /settings shows."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from caseupdates import bell
from caseupdates.interface import forms
from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal
from caseupdates.sending.models import EmailTemplate
from caseupdates.sending.settings.template.preview.state import TemplatePreview
from caseupdates.sending.settings.template.rows import Preview, VersionRow, version_row
from caseupdates.sending.template.problems import TemplateProblem
from caseupdates.sending.template.standard import STANDARD, Text
from caseupdates.sending.template.versions import SavedMeanwhile, reset, restore, save, text_of, version, versions

SHOWN = 10  # versions before "Show older versions"
TYPED = 60_000  # characters taken from a browser: what is too long is refused, not cut off


class TemplateEditor(TemplatePreview):
    """`/settings/email-template`: what is typed stays in the browser's fields; here is what was made of it."""

    opening: int = 0  # counts how often the fields began anew
    is_changed: bool = False
    refusal: str = ""
    versions: list[VersionRow] = []
    has_older: bool = False
    looked_at: VersionRow = VersionRow()
    looks_like: Preview = Preview()
    is_looking: bool = False
    asks_reset: bool = False
    dialog_problem: str = ""
    _kept: Text = Text("", "")
    _based_on: int = 0
    _limit: int = SHOWN

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open; what somebody has typed stays."""
        await self._follow(self._look, bell.SETTINGS)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def type_subject(self, text: object) -> None:
        await self._type(Text(words(text, at_most=TYPED), self.body))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def type_body(self, text: object) -> None:
        await self._type(Text(self.subject, words(text, at_most=TYPED)))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save(self, form: object) -> None:
        """Save what stands in the fields; a refusal stands beside the button and nothing typed is lost."""
        text = Text(forms.text(form, "subject", at_most=TYPED), forms.text(form, "body", at_most=TYPED))
        await self._type(text)
        self.refusal = await self._saved(save, text)
        if not self.refusal:
            await self._say("Saved. Updates are mailed like this from now on.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask_reset(self, is_open: object = True) -> None:
        self.asks_reset, self.dialog_problem = is_open is True, ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def reset_template(self) -> None:
        """Begin again from the standard template."""
        self.dialog_problem = await self._saved(reset)
        self.asks_reset = bool(self.dialog_problem)
        if not self.dialog_problem:
            await self._begin_with(STANDARD)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def look_at(self, number: object) -> None:
        """Show an earlier version, as it is written and as it reads."""
        found = await self._read(version, whole_number(number))
        self.looked_at, self.dialog_problem, self.is_looking = version_row(found, self._zone), "", True
        try:
            self.looks_like = await self._previewed(text_of(found))
        except Refusal as refusal:
            self.looks_like, self.dialog_problem = Preview(), str(refusal)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def close(self, is_open: object = False) -> None:
        self.is_looking = is_open is True

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def restore_version(self) -> None:
        """Put the version that is looked at in force again."""
        earlier = self.looked_at
        self.dialog_problem = await self._saved(restore, earlier.number)
        self.is_looking = bool(self.dialog_problem)
        if not self.dialog_problem:
            await self._begin_with(Text(earlier.subject, earlier.body))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show_older(self) -> None:
        self._limit += SHOWN
        await self._list()

    async def _look(self) -> float | None:
        await self._list()
        await self._offer()
        newest = self.versions[0] if self.versions else VersionRow(0, subject=STANDARD.subject, body=STANDARD.body)
        if not self.opening or (newest.number != self._based_on and not self.is_changed):
            self._based_on = newest.number
            await self._begin_with(Text(newest.subject, newest.body))
        else:
            await self._preview()
        return None

    async def _list(self) -> None:
        found = await self._read(versions, limit=self._limit + 1)
        self.versions = [version_row(each, self._zone) for each in found[: self._limit]]
        self.has_older = len(found) > self._limit

    async def _begin_with(self, text: Text) -> None:
        self._kept, self.opening = text, self.opening + 1
        await self._type(text)

    async def _type(self, text: Text) -> None:
        self.subject, self.body = (each.replace("\r\n", "\n") for each in text)
        self.refusal = ""
        self.is_changed = [each.strip() for each in text] != [each.strip() for each in self._kept]
        await self._preview()

    async def _saved(self, verb: Callable[..., EmailTemplate], *args: Any) -> str:
        """Save by a verb; what it refuses, empty where it saved. Who is told of another's version may save over it."""
        try:
            saved = await self._write(verb, *args, based_on=self._based_on)
        except SavedMeanwhile as refusal:
            self._based_on = refusal.newest.id
            return str(refusal)
        except TemplateProblem as refusal:
            return "Not saved. Put right first what is said below the body." if self.problems else str(refusal)
        except Refusal as refusal:
            return str(refusal)
        self._based_on, self._kept, self.is_changed = saved.id, text_of(saved), False
        await self._list()
        return ""
