"""What the page "Delivery" under /settings shows, and what is decided there."""

import reflex as rx

from caseupdates import bell
from caseupdates.delivery import checking
from caseupdates.delivery.settings.mails.rows import Question, all_sent_again, given_up, sent_again
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


class DeliverySettings(Frame):
    """`/settings/delivery`."""

    shown: Page = Page()
    by_hour: bool = False
    is_loaded: bool = False
    has_more: bool = False
    asked: Question = Question()
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
            self._ask_about(sent_again(which, self._recipient(which)))
            return
        await self._tell("The mail is in the queue again.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def give_up(self, message_id: object) -> None:
        which = whole_number(message_id)
        self._ask_about(given_up(which, self._recipient(which)))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def send_all_again(self) -> None:
        self._ask_about(all_sent_again(self.shown.sendable, of=self.shown.parked_count))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def confirm(self) -> None:
        """Do what was asked about."""
        if self.is_asking:
            self.problem = await refusal_of(self._do(self.asked))

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

    async def _do(self, asked: Question) -> None:
        match asked.about:
            case "again":
                await self._write(parked.send_again, asked.id, even_twice=True)
                await self._tell("The mail is in the queue again.")
            case "give up":
                await self._write(parked.give_up, asked.id)
                await self._tell("The mail was given up.")
            case "all":
                went, stayed = await self._write(parked.send_all_again)
                nobodys = f" {counted(stayed, 'recipient')} may not receive theirs any more." if stayed else ""
                await self._tell(f"{counted(went, 'mail is', 'mails are')} in the queue again.{nobodys}")

    def _recipient(self, message_id: int) -> str:
        return next((row.recipient for row in self.shown.parked if row.id == message_id), "its recipient")

    def _ask_about(self, asked: Question) -> None:
        self.asked, self.is_asking, self.problem = asked, True, ""

    async def _tell(self, sentence: str) -> None:
        self.is_asking = False
        await self._look()
        await self._say(sentence)

    async def _look(self) -> float | None:
        found = await self._read(read_page, self._zone, by_hour=self.by_hour, limit=self._limit)
        self.has_more, self.is_loaded = found.parked_count > len(found.parked), True
        self.shown = found
        moves = found.places and not found.flow.can_try
        return MOVING if moves else AGAIN
