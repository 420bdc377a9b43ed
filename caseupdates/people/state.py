"""What the pages of people show: the first one of all, and one's own sessions."""

import reflex as rx

from caseupdates import database
from caseupdates.interface.access import anyone
from caseupdates.people import welcome
from caseupdates.people.firm import firm


class Welcome(rx.State):
    """Is there anybody yet?"""

    is_open: bool = False
    firm: str = "Case Updates"
    token: str = ""

    @rx.event
    @anyone
    async def look(self) -> object:
        """Take the first visitor to /welcome, everybody later away from it."""
        self.is_open = await database.read(welcome.is_open)
        self.firm = (await database.read(firm)).name
        self.token = self.router.url.query_parameters.get("token", "")
        if self.is_open and self.router.url.path != "/welcome":
            return rx.redirect("/welcome")
        return None
