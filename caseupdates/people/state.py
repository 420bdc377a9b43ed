"""What the pages of people show: the first one of all, and one's own password and sessions."""

from typing import Any

import reflex as rx

from caseupdates import database, tokens
from caseupdates.interface.access import anyone, signed_in, words
from caseupdates.interface.forms import refusal_of
from caseupdates.interface.state import Frame
from caseupdates.people import own_password, sessions, welcome
from caseupdates.people.firm import firm
from caseupdates.people.rows import SessionRow, session_row


class Welcome(Frame):
    """Is there anybody yet?"""

    is_open: bool = False
    token: str = ""

    @rx.event
    @anyone
    async def enter(self) -> Any:
        """From `/` to the cases, or to /welcome while nobody is here."""
        return rx.redirect("/welcome" if await database.read(welcome.is_open) else "/cases")

    @rx.event
    @anyone
    async def look(self) -> object:
        """Take the first visitor to /welcome, everybody later away from it."""
        self.is_open = await database.read(welcome.is_open)
        self._show_firm(await database.read(firm))
        self.token = self.router.url.query_parameters.get("token", "")
        if self.is_open and self.router.url.path != "/welcome":
            return rx.redirect("/welcome")
        return None


class Security(Frame):
    """`/profile/security`: one's password; where one is signed in, and a way to end it."""

    sessions: list[SessionRow] = []
    problem: str = ""
    changed: int = 0  # how often the password was: each time the fields begin empty again

    @rx.event
    @signed_in
    async def look(self) -> None:
        self.problem = ""
        await self._look_at_sessions()

    @rx.event
    @signed_in
    async def end_others(self) -> None:
        """Sign out everywhere but here."""
        await self._write(sessions.end_others, self._token)
        await self._look_at_sessions()
        await self._say("Signed out everywhere else.")

    @rx.event
    @signed_in
    async def change_password(self, form: object) -> None:
        """Take the new password, if the current one is right, and sign out everywhere else."""
        current, new = (words(form.get(name, "") if isinstance(form, dict) else "") for name in ("current", "new"))
        await self._write(own_password.pass_door)
        change = self._write(own_password.change, self._token, current=current, new=new)
        self.problem = await refusal_of(change)
        if not self.problem:
            self.changed += 1
            await self._look_at_sessions()
            await self._say("Password changed. You are signed out everywhere else.")

    async def _look_at_sessions(self) -> None:
        zone, own = self._zone, tokens.digest(self._token)
        self.sessions = [session_row(each, zone, own=own) for each in await self._read(sessions.live)]
