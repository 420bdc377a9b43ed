"""What "Show Recipients" holds: an update's sendings, and where each mail and link has got to."""

import reflex as rx
from sqlmodel import Session

from caseupdates.interface.access import permitted, signed_in, whole_number
from caseupdates.interface.on_case import OnCase
from caseupdates.interface.show import counted
from caseupdates.interface.when import said
from caseupdates.links import renewing
from caseupdates.links.expiry import Expiry, last_day, moment
from caseupdates.people.firm import firm, zone_of
from caseupdates.people.models import Permission, Person
from caseupdates.sending.again import try_again
from caseupdates.sending.evidence import links_of
from caseupdates.sending.journal.rows import SendingRow, sending_rows
from caseupdates.sending.journal.waiting.rows import WaitingRow, waiting_rows
from caseupdates.sending.recall import recall

ENDS_LINKS = (
    "Every link of this sending dies at once, and emails that wait are stopped. What somebody has downloaded, or got attached, "
    "stays with them."
)
STOPS_EMAILS = "Emails that wait are stopped. What has left already stays with whoever got it."
ENDED_LINKS = "The links are dead and open windows are closed. Who had opened it before:"
STOPPED_EMAILS = "What had not left goes to nobody."


class Journal(OnCase):
    """The sendings of the one update whose recipients are shown."""

    shown: int = 0
    sendings: list[SendingRow] = []
    detailed: int = 0  # the link whose evidence is shown
    recalling: int = 0  # the sending somebody is asked about
    recalling_says: str = ""  # what a recall does, or has done
    recalled: list[str] = []  # what it could still stop, and who had opened it: shown until closed
    unopened: list[WaitingRow] = []
    unopened_count: int = 0
    ending: list[WaitingRow] = []
    ending_count: int = 0

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Follow the case while its page is open."""
        await self._follow_case("journal")

    @rx.event
    @signed_in
    async def toggle(self, update_id: object) -> None:
        """Show the recipients of an update, or close what is shown."""
        chosen = whole_number(update_id)
        self.shown, self.sendings = (0 if self.shown == chosen else chosen), []
        await self._look()

    @rx.event
    @signed_in
    async def detail(self, link_id: object) -> None:
        """Show what was done with one link, or hide it."""
        chosen = whole_number(link_id)
        self.detailed = 0 if self.detailed == chosen else chosen

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def try_again(self, delivery_id: object) -> None:
        await self._write(try_again, whole_number(delivery_id))
        await self._say("It is on its way again.")

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def renew(self, link_id: object) -> None:
        """One recipient's link runs for another week, under the address they have."""
        await self._renew([whole_number(link_id)])

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def extend(self, sending_id: object) -> None:
        """The same for every link of a sending that still can."""
        await self._renew(await self._read(links_of, whole_number(sending_id)))

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def revoke(self, link_id: object) -> None:
        """End one recipient's link at once."""
        await self._write(renewing.revoke, [whole_number(link_id)])
        await self._say("The link is revoked. Windows open on it are closed.")

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def ask_recall(self, sending_id: object) -> None:
        """Ask before every link of a sending is ended, or what waits of it is stopped."""
        self.recalling, self.recalled = whole_number(sending_id), []
        has_links = any(each.can_extend for each in self.sendings if each.id == self.recalling)
        self.recalling_says = ENDS_LINKS if has_links else STOPS_EMAILS

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def recall(self) -> None:
        """Stop what waits, end every link at once and say who had opened theirs."""
        done = await self._write(recall, self.recalling)
        opened = [f"{person.name}, {said(at, self._zone)}" for person, at in done.opened]
        stopped = [f"Stopped before it left: {counted(done.stopped, 'email')}."] if done.stopped else []
        self.recalling_says = ENDED_LINKS if done.ended else STOPPED_EMAILS
        self.recalled = [*(opened or ["Nobody had opened it."] if done.ended else []), *stopped]

    @rx.event
    @signed_in
    async def close_recall(self, is_open: object = False) -> None:
        if is_open is not True:
            self.recalling, self.recalled = 0, []

    @property
    def _asked_for(self) -> int:
        """The update whose recipients the address asks for, as a notification about a link does."""
        own_page = self.router.url.path.partition("/updates/")[2]
        return (
            int(own_page)
            if self.router.url.query_parameters.get("show") == "recipients" and own_page.isdecimal()
            else 0
        )

    async def _renew(self, link_ids: list[int]) -> None:
        day = await self._write(_for_a_week, link_ids)
        await self._say(f"Open until {day}, under the same address.")

    async def _look(self) -> float | None:
        if self.shown:
            self.sendings = await self._read(sending_rows, self.shown, self._zone)
        self.unopened, self.ending = await self._read(waiting_rows, self.case_number)
        self.unopened_count, self.ending_count = (
            sum(each.people for each in rows) for rows in (self.unopened, self.ending)
        )
        return None

    def _forget(self) -> None:
        self.sendings, self.recalling, self.recalled, self.unopened, self.ending = [], 0, [], [], []
        self.shown = self._asked_for


def _for_a_week(session: Session, link_ids: list[int], *, by: Person) -> str:
    """Renew the links; the last day, as recipients read it."""
    zone = zone_of(firm(session))
    until = moment(Expiry.WEEK, zone=zone)
    renewing.renew(session, link_ids, until, by=by)
    return last_day(until, zone)
