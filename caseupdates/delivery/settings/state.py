"""What the page "Delivery" under /settings shows, and what is decided there."""

from dataclasses import dataclass

import reflex as rx

from caseupdates import bell
from caseupdates.delivery import checking
from caseupdates.delivery.patience import NOT_SURE
from caseupdates.delivery.settings.rows import Page, read_page
from caseupdates.interface.access import permitted, whole_number
from caseupdates.interface.forms import refusal_of
from caseupdates.interface.show import counted
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal
from caseupdates.sending import parked
from caseupdates.sending.parked import NotSure
from caseupdates.settings import settings

REST = 1.0  # seconds after each look, however often it rings
AGAIN = 9.0  # more until ages are told anew
MOVING = 0.0  # none while mail moves: what is accepted rings for nobody here


@dataclass
class Ask:
    """A question before something that cannot be taken back."""

    what: str = ""  # "again", "give up" or "all"; empty while nothing is asked
    id: int = 0
    title: str = ""
    says: str = ""
    act: str = ""


class DeliverySettings(Frame):
    """`/settings/delivery`."""

    shown: Page = Page()
    by_hour: bool = False
    is_loaded: bool = False
    has_more: bool = False
    asked: Ask = Ask()
    is_asking: bool = False
    problem: str = ""
    is_checking: bool = False
    checked: str = ""  # why the check brought nothing
    _limit: int = parked.PAGE

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        async with self:
            self._limit, self.is_asking, self.is_checking, self.checked = parked.PAGE, False, False, ""
        await self._follow(self._look, bell.SETTINGS, bell.OUTBOX, rest=REST)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def try_now(self) -> None:
        """End a pause, whatever it is for."""
        await self._write(checking.try_now)
        await self._look()
        await self._say("The queue goes on. If the provider refuses again, it says so here.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show(self, which: object) -> None:
        """The last hour by the minute, or the last day by the hour."""
        self.by_hour = which == "day"
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show_more(self) -> None:
        self._limit += parked.PAGE
        await self._look()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def send_again(self, message_id: object) -> None:
        """Put a parked mail in again; one that may have arrived only after a question."""
        which = whole_number(message_id)
        try:
            await self._write(parked.send_again, which)
        except NotSure:
            says = f"{NOT_SURE} If it did arrive, {self._recipient(which)} gets it twice."
            self._ask_about(Ask("again", which, "Send this mail again?", says, "Send again"))
            return
        await self._tell("The mail is in the queue again.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def give_up(self, message_id: object) -> None:
        which = whole_number(message_id)
        says = f"The mail to {self._recipient(which)} is not sent any more and counts as failed. They have to hear of it in another way."
        self._ask_about(Ask("give up", which, "Give this mail up?", says, "Give up"))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def send_all_again(self) -> None:
        count, stay = self.shown.sendable, self.shown.parked_count - self.shown.sendable
        says = f"{counted(count, 'mail goes', 'mails go')} into the queue again: none of them has arrived."
        if stay:
            says += f" {counted(stay, 'other stays', 'others stay')} here: decide on each of them yourself."
        self._ask_about(Ask("all", 0, "Send them all again?", says, "Send all again"))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def confirm(self) -> None:
        """Do what was asked about."""
        if not self.is_asking:
            return
        told: list[str] = []
        self.problem = await refusal_of(self._do(self.asked, told))
        if not self.problem:
            self.is_asking = False
            await self._tell(*told)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def close(self, is_open: object = False) -> None:
        self.is_asking = self.is_asking and is_open is True

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def check(self) -> None:
        """Ask the provider about the account."""
        async with self:
            if self.is_checking:
                return
            self.is_checking, self.checked = True, ""
        try:
            await checking.check(settings())
            why = ""
        except Refusal as refusal:
            why = str(refusal)
        finally:
            async with self:
                self.is_checking = False
        async with self:
            self.checked = why
            await self._look()

    async def _do(self, asked: Ask, told: list[str]) -> None:
        if asked.what == "again":
            await self._write(parked.send_again, asked.id, even_twice=True)
            told.append("The mail is in the queue again.")
        elif asked.what == "give up":
            await self._write(parked.give_up, asked.id)
            told.append("The mail was given up.")
        elif asked.what == "all":
            went, stayed = await self._write(parked.send_all_again)
            told.append(f"{counted(went, 'mail is', 'mails are')} in the queue again.")
            if stayed:
                told.append(f"{counted(stayed, 'recipient', 'recipients')} may not receive theirs any more.")

    def _recipient(self, message_id: int) -> str:
        return next((row.recipient for row in self.shown.parked if row.id == message_id), "its recipient")

    def _ask_about(self, asked: Ask) -> None:
        self.asked, self.is_asking, self.problem = asked, True, ""

    async def _tell(self, *sentences: str) -> None:
        await self._look()
        await self._say(" ".join(sentences))

    async def _look(self) -> float | None:
        found = await self._read(read_page, self._zone, by_hour=self.by_hour, limit=self._limit)
        self.has_more, self.is_loaded = found.parked_count > len(found.parked), True
        self.shown = found
        moves = found.places and not found.flow.can_try
        return MOVING if moves else AGAIN
