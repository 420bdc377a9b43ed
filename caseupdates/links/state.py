"""What the gate holds: never more than this visitor may see now, read anew whenever something rings."""

import asyncio
import time
from random import SystemRandom

import reflex as rx

from caseupdates import bell, database
from caseupdates.interface.access import anyone, cookie, words
from caseupdates.interface.state import Frame
from caseupdates.interface.visitors import VISITOR_COOKIE
from caseupdates.links import codes, gate, telling, visits
from caseupdates.links.access import LinkLocked, link_id
from caseupdates.links.expiry import last_day
from caseupdates.links.gate import Before, Stage
from caseupdates.links.models import Step
from caseupdates.links.rows import GateFile, closed_file, open_file
from caseupdates.links.visitors import Visitor, visitor
from caseupdates.people.firm import zone_of
from caseupdates.refusals import Invalid, Refusal
from caseupdates.settings import settings

SAME_TIME = 0.25  # seconds that every answer to an address takes: right or wrong, known or not
_later: set[asyncio.Task[None]] = set()


class Gate(Frame):
    """`/l/<token>`: who stands before it, and what they must do next."""

    stage: str = ""
    files: list[GateFile] = []
    sender: str = ""
    contact: str = ""
    last_day: str = ""
    refused: str = ""
    is_signed_in: bool = False
    address: str = ""  # what was typed
    asked: int = 0  # how often a code was asked for here: each time the wait begins anew
    problem: str = ""
    has_help: bool = False
    _visit: int = 0  # the one this page holds open
    _wants_address: bool = False
    _holder: str = ""  # hash of the visitor cookie this tab was filled for

    @rx.event(background=True)
    @anyone
    async def watch(self) -> None:
        """Show what may be seen, and hold the visit open for as long as this page is."""
        try:
            await self._follow(self._look, bell.link(await database.read(link_id, self._link_token)))
        except Refusal as refusal:
            async with self:
                self._show_nothing(str(refusal))
        finally:
            if self._visit:
                await asyncio.shield(database.write(visits.window_closed, self._visit))

    @rx.event
    @anyone
    async def ask(self, form: object) -> None:
        """Send a code, if this address may open the link. Nobody learns from the answer, or its time, whether it may."""
        await self._ask_for_code(_typed(form, "address"))

    @rx.event
    @anyone
    async def ask_once_more(self) -> None:
        """Another code to the same address; the old one is dead then."""
        await self._ask_for_code(self.address)

    @rx.event
    @anyone
    async def another_address(self) -> None:
        self._wants_address, self.stage, self.problem = True, str(Stage.ADDRESS), ""

    @rx.event
    @anyone
    async def help(self) -> None:
        """What to do when no code comes."""
        self.has_help = not self.has_help

    @rx.event
    @anyone
    async def confirm(self, form: object) -> None:
        """Open the files with the code; a wrong one says how many tries are left."""
        try:
            outcome = await database.write(
                codes.confirm, self._link_token, _typed(form, "code"), self._visitor, key=settings().secret_key
            )
        except Refusal as refusal:
            outcome = refusal
        if isinstance(outcome, Refusal):
            self.problem = str(outcome)
            if isinstance(outcome, LinkLocked):
                _tell_later(self._link_token, Step.LOCKED)
            await self._look()
            return
        await self._enter(Step.VERIFIED)

    @rx.event
    @anyone
    async def enter(self) -> None:
        """ "Open files" of a link that needs no code."""
        try:
            await database.write(gate.open_without_code, self._link_token, self._visitor)
        except Refusal as refusal:
            self.problem = str(refusal)
            await self._look()
            return
        await self._enter(Step.OPENED)

    @rx.event
    @anyone
    async def leave(self) -> None:
        """ "Leave and lock": nothing is open in this browser any more."""
        await database.write(gate.leave, self._link_token, self._visitor)
        self._visit, self.asked, self.address = 0, 0, ""
        await self._look()

    async def _before_shown(self) -> None:
        """A tab that comes back, from a lost connection or a restored browser, is shown only what is open to it now."""
        if not self.router.url.path.startswith("/l/"):
            return
        try:
            if self._holder != self._visitor.cookie_hash:
                self.reset()  # type: ignore[no-untyped-call]
                self._holder = self._visitor.cookie_hash
            await self._look()
        except Exception:  # rather nothing than what may not be seen any more
            self.reset()  # type: ignore[no-untyped-call]

    async def _ask_for_code(self, address: str) -> None:
        begun = time.monotonic()
        try:
            await database.write(codes.pass_doors, self._link_token, address, self._visitor)
            is_real = await database.write(codes.ask, self._link_token, address, self._visitor)
        except Refusal as refusal:
            self.problem = str(refusal)
        else:
            self.address, self.asked, self.problem = address, self.asked + 1, ""
            self._wants_address, self.stage = False, str(Stage.CODE)
            if not is_real:
                _tell_later(self._link_token, Step.DENIED)
        await asyncio.sleep(max(0.0, SAME_TIME - (time.monotonic() - begun)))

    async def _enter(self, step: Step) -> None:
        self.problem, self.has_help = "", False
        await self._look()
        bell.sound([bell.link(await database.read(link_id, self._link_token))])  # the page holds the visit from now on
        _tell_later(self._link_token, step)

    async def _look(self) -> float | None:
        found = await database.read(gate.before, self._link_token, self._visitor, session_token=self._token)
        if found.visit and not await database.write(visits.renew, found.visit.id):
            found = await database.read(gate.before, self._link_token, self._visitor, session_token=self._token)
        self._visit = found.visit.id if found.visit else 0
        self._show(found)
        return visits.RENEWED_EVERY.total_seconds() if found.visit else None

    def _show(self, found: Before) -> None:
        stage = Stage.ADDRESS if self._wants_address and found.stage is Stage.CODE else found.stage
        self.stage, self.is_signed_in = str(stage), found.is_signed_in
        if found.may_name_files:
            self.files = [open_file(each, self._link_token) for each in found.files]
        else:
            self.files = [closed_file(each) for each in found.files]
        self._show_firm(found.firm)
        self.contact, self.sender = found.firm.contact, found.link.sender.name
        self.last_day = last_day(found.link.expires_at, zone_of(found.firm))
        self.refused = str(found.refusal) if found.refusal else ""

    def _show_nothing(self, why: str) -> None:
        self.files, self.stage, self.refused = [], str(Stage.DEAD), why

    @property
    def _link_token(self) -> str:
        return self.router.url.path.removeprefix("/l/").partition("/")[0]

    @property
    def _visitor(self) -> Visitor:
        headers = self.router.headers
        held = cookie(headers.cookie, VISITOR_COOKIE)
        if not held:
            raise Invalid(
                "Your browser keeps no cookies, so it cannot be recognised here. Allow them for this page and reload."
            )
        return visitor(held, network=self.router.session.client_ip, browser=headers.user_agent)


def _typed(form: object, name: str) -> str:
    return words(form.get(name, "") if isinstance(form, dict) else "", at_most=320)


def _tell_later(token: str, step: Step) -> None:
    """Tell the sender, but not within the answer: its time would say what the answer does not."""

    async def tell() -> None:
        await asyncio.sleep(SystemRandom().uniform(0.5, 2))
        await database.write(telling.tell, token, step)

    task = asyncio.create_task(tell())
    _later.add(task)
    task.add_done_callback(_later.discard)
