"""What the page "Roles" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.cases.access_groups import remove_role
from caseupdates.interface import forms
from caseupdates.interface.access import permitted
from caseupdates.interface.editing import Editing
from caseupdates.interface.state import Frame
from caseupdates.people.granting import add, change
from caseupdates.people.models import Permission
from caseupdates.people.settings.roles.rows import RoleRow, new_role, role_rows


class Roles(Editing, Frame):
    """`/settings/roles`."""

    roles: list[RoleRow] = []
    is_loaded: bool = False
    chosen: RoleRow = RoleRow()  # what a dialog is about; without an id it is a new one

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        async with self:
            self.is_open, self.is_asking = False, False
        await self._follow(self._look, bell.SETTINGS)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save(self, form: object) -> None:
        """Add the role, or change it."""
        may = [each for each in Permission if forms.is_ticked(form, f"may-{each}")]
        await self._keep("Saved. It holds at once.", add, change, forms.text(form, "role-name"), may)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove(self) -> None:
        await self._take_away(remove_role)

    def _rows(self) -> list[RoleRow]:
        return self.roles

    def _new_row(self) -> RoleRow:
        return new_role()

    async def _look(self) -> float | None:
        self.roles, self.is_loaded = await self._read(role_rows), True
        return None
