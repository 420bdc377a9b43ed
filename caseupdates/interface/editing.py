"""What the lists under /settings share: one dialog adds and changes a row, another asks before one is removed."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx

from caseupdates.interface.access import permitted, whole_number
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.refusals import NotFound, Refusal


class Editing(Frame, mixin=True):
    """A state with this has `chosen`, the row a dialog is about (without an id a new one), and says its `_rows`."""

    opened: int = 0  # how often the form was opened: its fields begin anew each time
    is_open: bool = False
    is_asking: bool = False
    problem: str = ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_new(self) -> None:
        self._open(self._new_row())

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_edit(self, row_id: object) -> None:
        self._open(self._row(row_id))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask_remove(self, row_id: object) -> None:
        self.chosen, self.is_asking, self.problem = self._row(row_id), True, ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def close(self, is_open: object = False) -> None:
        """Leave whichever dialog is open."""
        self.is_open = self.is_asking = False

    async def _keep(self, said: str, add: Callable[..., Any], change: Callable[..., Any], *typed: Any) -> None:
        """Write the new row, or the changed one; a refusal stands beside the button, and what was typed stays."""
        write = (change, self.chosen.id) if self.chosen.id else (add,)
        if await self._is_written(*write, *typed):
            self.is_open = False
            await self._say(said)

    async def _take_away(self, remove: Callable[..., Any]) -> None:
        """Remove what was asked about."""
        if await self._is_written(remove, self.chosen.id):
            self.is_asking = False
            await self._say(f"“{self.chosen.name}” is removed.")

    async def _is_written(self, verb: Callable[..., Any], *args: Any) -> bool:
        try:
            await self._write(verb, *args)
        except Refusal as refusal:
            self.problem = str(refusal)
            return False
        return True

    def _open(self, row: Any) -> None:
        self.chosen, self.problem, self.is_open, self.opened = row, "", True, self.opened + 1

    def _row(self, row_id: object) -> Any:
        number = whole_number(row_id)
        for row in self._rows():
            if row.id == number:
                return row
        raise NotFound

    def _rows(self) -> Sequence[Any]:
        """The rows shown."""
        raise NotImplementedError

    def _new_row(self) -> Any:
        """What the fields of a new row begin with."""
        raise NotImplementedError
