"""What the page "Person" under /settings shows."""

import reflex as rx

from caseupdates import bell
from caseupdates.interface.access import permitted
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission


class PersonSettings(Frame):
    """`/settings/people/[person_id]`."""

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        await self._follow(self._look, bell.SETTINGS)

    async def _look(self) -> float | None:
        return None
