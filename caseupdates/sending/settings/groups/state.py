"""What the page "Distribution groups" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.interface.access import permitted, whole_number
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.sending import groups
from caseupdates.sending.settings.groups.rows import GroupLine, group_line


class Groups(Frame):
    """`/settings/distribution-groups`."""

    groups: list[GroupLine] = []
    is_loaded: bool = False
    removing: int = 0  # the group somebody is asked about
    removing_name: str = ""

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        await self._follow(self._look, bell.SETTINGS)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask_remove(self, group_id: object) -> None:
        group = await self._read(groups.group, whole_number(group_id))
        self.removing, self.removing_name = group.id, group.name

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove(self) -> None:
        await self._write(groups.remove, self.removing)
        self.removing = 0
        await self._say(f"“{self.removing_name}” is removed.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def close_remove(self, is_open: object = False) -> None:
        self.removing = self.removing if is_open is True else 0

    async def _look(self) -> float | None:
        self.groups, self.is_loaded = [group_line(each) for each in await self._read(groups.listed)], True
        return None
