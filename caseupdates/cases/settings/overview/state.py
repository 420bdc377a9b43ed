"""What the overview of settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.cases.settings.overview.rows import Step, first_steps
from caseupdates.interface.access import permitted
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission


class Overview(Frame):
    """`/settings`."""

    steps: list[Step] = []

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the first steps as they are while the page is open."""
        await self._follow(self._look, bell.SETTINGS, bell.CASES)

    async def _look(self) -> float | None:
        self.steps = await self._read(first_steps)
        return None
