"""What the dialog of a case holds, and the question before one is closed."""

from typing import Any

import reflex as rx

from caseupdates import clock
from caseupdates.cases import opening
from caseupdates.cases.dialog.start import start
from caseupdates.cases.models import Case
from caseupdates.cases.opening import Facts
from caseupdates.interface import forms
from caseupdates.interface.access import permitted
from caseupdates.interface.show import Choice, counted
from caseupdates.interface.state import Frame
from caseupdates.links import endings
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal

NEW_CLIENT = Choice("new", "New client…")


class CaseDialog(Frame):
    """A new case, or the one whose number stands in `about`."""

    is_open: bool = False
    opening: int = 0  # counts, so that the fields begin anew
    about: str = ""
    number: str = ""
    title: str = ""
    case_type: str = ""
    client: str = ""
    clients: list[Choice] = []
    types: list[str] = []
    may_add_clients: bool = False
    ask: str = ""
    problem: str = ""
    closing: str = ""  # the number of the case somebody is asked about
    closing_ends: str = ""  # "3 links end with it"

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def open_new(self) -> None:
        await self._open("")

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def open_edit(self) -> None:
        await self._open(self.case_number)

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def save(self, form: object) -> Any:
        """Open the case or change it; a refusal stands beside the button."""
        try:
            case = await self._save(_facts(form))
        except Refusal as refusal:
            self.problem = str(refusal)
            return None
        self.is_open = False
        return rx.redirect(case.path) if case.number != self.about else await self._say("Saved.")

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def close(self, is_open: object = False) -> None:
        self.is_open = is_open is True

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def ask_close(self) -> None:
        """Say what ends with the case before it is closed."""
        ending = await self._read(endings.ended_by_closing, self.case_number)
        self.closing_ends = f"{counted(ending, 'link ends', 'links end')} with it. " if ending else ""
        self.closing = self.case_number

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def close_case(self) -> None:
        await self._write(endings.close, self.closing)
        self.closing = ""
        await self._say("Closed. It can be opened again under More.")

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def keep_open(self, is_open: object = False) -> None:
        """Leave the question without closing the case."""
        self.closing = self.closing if is_open is True else ""

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def reopen(self) -> None:
        await self._write(endings.reopen, self.case_number)
        await self._say("Open again.")

    async def _save(self, facts: Facts) -> Case:
        if self.about:
            return await self._write(opening.change, self.about, facts)
        return await self._write(opening.open_case, facts)

    async def _open(self, about: str) -> None:
        found = await self._read(start, about, clock.now().astimezone(self._zone).year)
        self.number, self.title, self.case_type, client, _ = found.facts
        self.clients = [Choice(str(each), name) for each, name in found.clients]
        self.may_add_clients, self.types, self.ask = found.may_add_clients, found.types, found.ask
        self.client = str(client) if client else (NEW_CLIENT.id if not self.clients else "")
        self.about, self.problem, self.opening, self.is_open = about, "", self.opening + 1, True


def _facts(form: object) -> Facts:
    """What the fields held; the name of a new client counts only where one was asked for."""
    chosen = forms.text(form, "client", at_most=20)
    is_new = chosen == NEW_CLIENT.id
    return Facts(
        forms.text(form, "number"), forms.text(form, "title"), forms.text(form, "case-type"),
        0 if is_new else forms.number(form, "client"), forms.text(form, "new-client") if is_new else "",
    )  # fmt: skip
