"""What the page "Access groups" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.cases.access_groups import Rules, add, change, remove
from caseupdates.cases.settings.access_groups.rows import GroupRow, page
from caseupdates.interface import forms
from caseupdates.interface.access import permitted
from caseupdates.interface.editing import Editing
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission


class AccessGroups(Editing, Frame):
    """`/settings/access-groups`."""

    groups: list[GroupRow] = []
    is_loaded: bool = False
    chosen: GroupRow = GroupRow()  # what a dialog is about; without an id it is a new one
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
    async def save(self, form: object) -> None:
        """Add the group, or change it."""
        await self._keep("Saved. It holds at once.", add, change, _rules(form))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove(self) -> None:
        await self._take_away(remove)

    def _rows(self) -> list[GroupRow]:
        return self.groups

    def _new_row(self) -> GroupRow:
        return self._new

    async def _look(self) -> float | None:
        found = await self._read(page)
        self.groups, self._new, self.is_loaded = found.groups, found.new, True
        return None


def _rules(form: object) -> Rules:
    return Rules(
        forms.text(form, "group-name"), forms.ticked(form, "role"),
        needs_validation=forms.is_ticked(form, "needs-validation"), moves_last_update=forms.is_ticked(form, "moves-last-update"),
    )  # fmt: skip
