"""The state every page has: who is signed in, how many notifications wait, and the way to the domain."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

import reflex as rx
from reflex.istate.proxy import StateProxy
from sqlmodel import Session

from caseupdates import bell, database, outages
from caseupdates.interface import log
from caseupdates.interface.access import SESSION_COOKIE, anyone, cookie, signed_in
from caseupdates.interface.show import Face, Notice, face
from caseupdates.interface.when import zone_named
from caseupdates.notifications import listing
from caseupdates.people import sessions
from caseupdates.people.firm import firm
from caseupdates.people.models import Firm, Permission, Person
from caseupdates.refusals import NotPermitted, Refusal

T = TypeVar("T")
SORRY = "Something went wrong on our side. Nothing was changed; please try again."
AFTER_TROUBLE = 3.0  # seconds until a page looks again after its look failed


class Frame(rx.State):
    """What stands around every page, kept live."""

    firm: str = ""
    logo: str = ""  # where it is; empty without one
    me: Face = Face()
    unread: int = 0
    may_manage: bool = False
    notice: Notice = Notice()
    _places: dict[str, str] = {}
    _filled_by: str = ""  # hash of the session token this tab was filled for (interface.tabs)
    if TYPE_CHECKING:
        case_number: str  # from the address, put here by Reflex

    @rx.event(background=True)
    @signed_in
    async def live(self) -> None:
        """Follow the signed-in person's notifications for as long as the page is open."""
        async with self:
            self.notice = Notice(number=self.notice.number)
        await self._follow(self._look_at_frame, bell.person(await self._read(_own_id)), bell.SETTINGS)

    @rx.event
    @anyone
    async def apologise(self, why: object) -> None:
        """What a page shows after an error nobody foresaw; `why` names the outage, if it was one."""
        known = outages.KINDS.get(why) if isinstance(why, str) else None
        await self._say(str(known()) if known else SORRY, is_refusal=True)

    @rx.event
    @anyone
    async def dismiss(self) -> None:
        self.notice = Notice()

    async def _before_shown(self) -> None:
        """Called before a tab is shown all it holds; a state that must not show what was open once looks again."""

    def _is_elsewhere(self, what: str) -> bool:
        """Has this part of the page come to another address? A reconnected page is where it was and keeps what it shows."""
        here, before = self.router.url.path, self._places.get(what)
        self._places = {**self._places, what: here}
        return here != before

    async def _say(self, sentence: str, *, is_refusal: bool = False) -> None:
        """One sentence at the foot of the page, for a few seconds."""
        lock = self if isinstance(self, StateProxy) else nullcontext()
        async with lock:
            self.notice = Notice(sentence, is_refusal, self.notice.number + 1)

    async def _look_at_frame(self) -> float | None:
        here, person, self.unread = await self._read(_frame)
        self._show_firm(here)
        self.me, self.may_manage = face(person), person.may(Permission.MANAGE_SETTINGS)
        return None

    def _show_firm(self, here: Firm) -> None:
        """Its name and logo, which stand on every page."""
        self.firm, self.logo = here.name, here.logo_path

    async def _read(self, verb: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a verb that only looks, `by` whoever holds this browser's session now; raise NotSignedIn."""
        return await database.read(_by_session, self._token, verb, *args, **kwargs)

    async def _write(self, verb: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The same for a verb that writes, in one transaction with the look-up of the person."""
        return await database.write(_by_session, self._token, verb, *args, **kwargs)

    async def _ask(self, permission: Permission | None = None) -> None:
        """Raise NotSignedIn, or NotPermitted where the role lacks the permission."""
        await self._read(_holds, permission)

    async def _follow(self, look: Callable[[], Awaitable[float | None]], *topics: str, rest: float = 0) -> None:
        """Look now, whenever a topic rings, and after as many seconds as `look` returned; with a rest after each look."""
        with bell.listening(*topics) as rung:
            while True:
                rung.clear()
                again = await self._glance(look)
                await asyncio.sleep(rest)
                with suppress(TimeoutError):
                    await asyncio.wait_for(rung.wait(), again)

    async def _glance(self, look: Callable[[], Awaitable[float | None]]) -> float | None:
        """Look once; a database that fails for a moment must not end a page's following."""
        try:
            async with self:
                return await look()
        except Refusal:
            raise
        except Exception as error:
            log.note(error)
            return AFTER_TROUBLE

    @property
    def _token(self) -> str:
        return cookie(self.router.headers.cookie, SESSION_COOKIE)

    @property
    def _zone(self) -> tzinfo:
        return zone_named(unquote(cookie(self.router.headers.cookie, "zone")))


def _by_session(session: Session, token: str, verb: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    return verb(session, *args, by=sessions.person_of(session, token), **kwargs)


def _holds(session: Session, permission: Permission | None, *, by: Person) -> None:
    if permission and not by.may(permission):
        raise NotPermitted


def _own_id(session: Session, *, by: Person) -> int:
    return by.id


def _frame(session: Session, *, by: Person) -> tuple[Firm, Person, int]:
    return firm(session), by, listing.unread(session, by=by)
