"""What the page of an invitation shows."""

import reflex as rx

from caseupdates.interface.access import anyone
from caseupdates.interface.state import Frame


class Invited(Frame):
    """`/invitation/<token>`."""

    @rx.event
    @anyone
    async def look(self) -> None: ...
