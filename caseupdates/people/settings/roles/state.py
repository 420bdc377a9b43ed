"""What the page "Roles" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.cases.access_groups import remove_role
from caseupdates.interface import forms
from caseupdates.interface.access import permitted, whole_number
from caseupdates.interface.state import Frame
from caseupdates.people.granting import add, change
from caseupdates.people.models import Permission
from caseupdates.people.settings.roles.rows import RoleRow, new_role, role_rows
from caseupdates.refusals import NotFound, Refusal


class Roles(Frame):
    """`/settings/roles`."""

    roles: list[RoleRow] = []
    is_loaded: bool = False
    chosen: RoleRow = RoleRow()  # what a dialog is about; without an id it is a new one
    opened: int = 0  # how often the form was opened: its fields begin anew each time
    is_open: bool = False
    is_asking: bool = False
    problem: str = ""

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        async with self:
            self.is_open, self.is_asking = False, False
        await self._follow(self._look, bell.SETTINGS)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_new(self) -> None:
        self._open(new_role())

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_edit(self, role_id: object) -> None:
        self._open(self._row(role_id))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save(self, form: object) -> None:
        """Add the role, or change it; a refusal stands beside the button."""
        name = forms.text(form, "role-name")
        may = [each for each in Permission if forms.is_ticked(form, f"may-{each}")]
        try:
            await (self._write(change, self.chosen.id, name, may) if self.chosen.id else self._write(add, name, may))
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.is_open = False
        await self._say("Saved. It holds at once.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask_remove(self, role_id: object) -> None:
        self.chosen, self.is_asking, self.problem = self._row(role_id), True, ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove(self) -> None:
        """Take the role away whose removal was asked about."""
        try:
            await self._write(remove_role, self.chosen.id)
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

    def _open(self, row: RoleRow) -> None:
        self.chosen, self.problem, self.is_open, self.opened = row, "", True, self.opened + 1

    def _row(self, role_id: object) -> RoleRow:
        number = whole_number(role_id)
        for row in self.roles:
            if row.id == number:
                return row
        raise NotFound

    async def _look(self) -> float | None:
        self.roles, self.is_loaded = await self._read(role_rows), True
        return None
