"""What the tab "Assigned" holds, and what is done to somebody on the case."""

from typing import Any

import reflex as rx

from caseupdates import bell
from caseupdates.cases import assigning
from caseupdates.cases.assigned.rows import GroupRows, lost, tab
from caseupdates.cases.models import Group
from caseupdates.interface.access import permitted, signed_in, whole_number
from caseupdates.interface.forms import is_word
from caseupdates.interface.on_case import OnCase
from caseupdates.links import endings
from caseupdates.people.models import Permission


class Assigned(OnCase):
    """Who is on the case, kept live; for employees alone."""

    groups: list[GroupRows] = []
    is_staff: bool = False
    may_arrange: bool = False
    removing: int = 0  # the assignment somebody is asked about
    removing_who: str = ""
    removing_says: str = ""
    _leaves: bool = False  # the page is left with it

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Follow the case, and who looks at it, while the page is open."""
        await self._follow_case("assigned", bell.views)

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def move(self, assignment_id: object, group: object) -> None:
        await self._write(assigning.move, whole_number(assignment_id), is_word(group, Group))

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def make_primary(self, assignment_id: object) -> None:
        await self._write(assigning.make_primary, whole_number(assignment_id))

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def ask_remove(self, assignment_id: object) -> None:
        """Say what ends before somebody is removed."""
        asked = whole_number(assignment_id)
        self.removing_who, self.removing_says, self._leaves = await self._read(lost, asked)
        self.removing = asked

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def remove(self) -> Any:
        """Remove whom was asked about; whoever thereby loses sight of the case goes back to the list."""
        asked, self.removing = self.removing, 0
        await self._write(endings.remove, asked)
        return rx.redirect("/cases") if self._leaves else None

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def keep(self, is_open: object = False) -> None:
        """Leave the question with everybody still on the case."""
        self.removing = self.removing if is_open is True else 0

    async def _look(self) -> float | None:
        self.groups, self.is_staff, self.may_arrange = await self._read(tab, self.case_number, self._zone)
        return None

    def _forget(self) -> None:
        self.groups, self.is_staff, self.may_arrange, self.removing = [], False, False, 0

    def _refuse(self, why: str) -> None:
        if why:
            self._forget()
