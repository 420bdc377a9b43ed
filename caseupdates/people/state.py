"""What the pages of people show: the first one of all, and one's own sessions."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from caseupdates import database, tokens
from caseupdates.interface.access import anyone, signed_in
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.people import sessions, welcome
from caseupdates.people.firm import firm


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


@dataclass
class SessionRow:
    id: int = 0
    browser: str = ""
    where: str = ""
    is_this: bool = False


class Security(Frame):
    """`/profile/security`: where one is signed in, and a way to end it."""

    sessions: list[SessionRow] = []

    @rx.event
    @signed_in
    async def look(self) -> None:
        await self._look_at_sessions()

    @rx.event
    @signed_in
    async def end_others(self) -> None:
        """Sign out everywhere but here."""
        await self._write(sessions.end_others, self._token)
        await self._look_at_sessions()
        await self._say("Signed out everywhere else.")

    async def _look_at_sessions(self) -> None:
        zone, own = self._zone, tokens.digest(self._token)
        self.sessions = [
            SessionRow(
                each.id, _browser(each.browser), f"{each.address} · since {said(each.started_at, zone)}", each.token_hash == own
            )
            for each in await self._read(sessions.live)
        ]  # fmt: skip


def _browser(agent: str) -> str:
    """Browser and system in two words, from the user agent string."""
    name = next((each for each in ("Edg", "Firefox", "Chrome", "Safari") if each in agent), "A browser")
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    system = next((said for mark, said in systems.items() if mark in agent), "")
    return f"{name.replace('Edg', 'Edge')}{' on ' if system else ''}{system}"
