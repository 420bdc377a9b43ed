"""What the page "Access groups" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.cases.access_groups import Rules, add, change, remove
from caseupdates.cases.settings.access_groups.rows import GroupRow, page
from caseupdates.interface import forms
from caseupdates.interface.access import permitted, whole_number
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.refusals import NotFound, Refusal


class AccessGroups(Frame):
    """`/settings/access-groups`."""

    groups: list[GroupRow] = []
    is_loaded: bool = False
    chosen: GroupRow = GroupRow()  # what a dialog is about; without an id it is a new one
    opened: int = 0  # how often the form was opened: its fields begin anew each time
    is_open: bool = False
    is_asking: bool = False
    problem: str = ""
    _new: GroupRow = GroupRow()

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        async with self:
            self.is_open, self.is_asking = False, False
        await self._follow(self._look, bell.SETTINGS, bell.CASES)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_new(self) -> None:
        self._open(self._new)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_edit(self, group_id: object) -> None:
        self._open(self._row(group_id))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save(self, form: object) -> None:
        """Add the group, or change it; a refusal stands beside the button."""
        try:
            rules = _rules(form)
            await (self._write(change, self.chosen.id, rules) if self.chosen.id else self._write(add, rules))
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.is_open = False
        await self._say("Saved. It holds at once.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask_remove(self, group_id: object) -> None:
        self.chosen, self.is_asking, self.problem = self._row(group_id), True, ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove(self) -> None:
        """Take the group away whose removal was asked about."""
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

    def _open(self, row: GroupRow) -> None:
        self.chosen, self.problem, self.is_open, self.opened = row, "", True, self.opened + 1

    def _row(self, group_id: object) -> GroupRow:
        number = whole_number(group_id)
        for row in self.groups:
            if row.id == number:
                return row
        raise NotFound

    async def _look(self) -> float | None:
        found = await self._read(page)
        self.groups, self._new, self.is_loaded = found.groups, found.new, True
        return None


def _rules(form: object) -> Rules:
    return Rules(
        forms.text(form, "group-name"), forms.ticked(form, "role"),
        needs_validation=forms.is_ticked(form, "needs-validation"), moves_last_update=forms.is_ticked(form, "moves-last-update"),
    )  # fmt: skip
