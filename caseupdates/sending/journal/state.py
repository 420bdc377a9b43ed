"""What "Show Recipients" holds: an update's sendings and where each mail has got to."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo

import reflex as rx

from caseupdates import bell
from caseupdates.cases.access import case_id
from caseupdates.delivery.journey import Stage, journey
from caseupdates.interface.access import permitted, signed_in, whole_number
from caseupdates.interface.show import Face, counted, face
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.people.models import Permission
from caseupdates.refusals import NotFound
from caseupdates.sending.again import try_again
from caseupdates.sending.evidence import sendings_of
from caseupdates.sending.models import Delivery, Sending
from caseupdates.updates.feed import update_shown

HUES = {
    Stage.QUEUED: "amber",
    Stage.WAITING: "amber",
    Stage.ACCEPTED: "blue",
    Stage.DELIVERED: "jade",
    Stage.BOUNCED: "red",
    Stage.FAILED: "red",
    Stage.CANCELLED: "gray",
}
REACHED = {Stage.QUEUED: 1, Stage.WAITING: 1, Stage.ACCEPTED: 2, Stage.DELIVERED: 3, Stage.BOUNCED: 2, Stage.FAILED: 1}


@dataclass
class RecipientRow:
    face: Face = field(default_factory=Face)
    group: str = ""
    now: str = ""  # "accepted", "not emailed (preference)"
    hue: str = "gray"
    detail: str = ""
    parked: int = 0  # the delivery to try again; 0 where there is nothing to try
    when: str = ""
    dots: list[str] = field(default_factory=list)  # of queued, accepted, delivered, read: "done", "failed" or ""


@dataclass
class SendingRow:
    id: int = 0
    head: str = ""  # "Sent yesterday 17:21 by Manager G. · 3 recipients"
    note: str = ""
    is_undone: bool = False
    people: list[int] = field(default_factory=list)
    recipients: list[RecipientRow] = field(default_factory=list)


class Journal(Frame):
    """The sendings of the one update whose recipients are shown."""

    shown: int = 0
    sendings: list[SendingRow] = []

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Follow the case while its page is open."""
        async with self:
            if self._is_elsewhere("journal"):
                self.shown, self.sendings = 0, []
        with suppress(NotFound):  # the page itself says so
            await self._follow(self._look, bell.case(await self._read(case_id, self.case_number)))

    @rx.event
    @signed_in
    async def toggle(self, update_id: object) -> None:
        """Show the recipients of an update, or close what is shown."""
        chosen = whole_number(update_id)
        self.shown, self.sendings = (0 if self.shown == chosen else chosen), []
        await self._look()

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def try_again(self, delivery_id: object) -> None:
        await self._write(try_again, whole_number(delivery_id))
        await self._say("It is on its way again.")

    async def _look(self) -> float | None:
        if self.shown:
            newest, found = await self._read(update_shown, self.shown), await self._read(sendings_of, self.shown)
            self.sendings = [_sending_row(*each, newest.number, self._zone) for each in found]
        return None


def _sending_row(sending: Sending, deliveries: Sequence[Delivery], newest: int, zone: tzinfo) -> SendingRow:
    head = f"Sent {said(sending.sent_at, zone)} by {sending.sender.name} · {counted(len(deliveries), 'recipient')}"
    undone = f" · undone {said(sending.undone_at, zone)}" if sending.undone_at else ""
    held = sending.revision.number
    older = f" · they hold revision {held} of {newest}" if held < newest else ""
    rows = [_recipient_row(each, zone) for each in deliveries]
    people = [each.person_id for each in deliveries]
    return SendingRow(sending.id, head + older + undone, sending.note, bool(sending.undone_at), people, rows)


def _recipient_row(delivery: Delivery, zone: tzinfo) -> RecipientRow:
    read_at, message = delivery.notification.read_at, delivery.message
    row = RecipientRow(face(delivery.person), delivery.group, when=f"read {said(read_at, zone)}" if read_at else "")
    dots = ["", "", ""]
    if message is None:
        row.now = "Not emailed (preference)"
    else:
        path = journey(message)
        row.now, row.hue, row.detail = str(path.stage).capitalize(), HUES[path.stage], path.detail
        row.when = row.when or said(path.steps[-1].at, zone)
        row.parked = delivery.id if message.parked_at else 0
        dots = _dots(path.stage)
    row.dots = [*dots, "done" if read_at else ""]
    return row


def _dots(stage: Stage) -> list[str]:
    """Queued, accepted, delivered: "done" as far as the mail has come, "failed" where it stopped."""
    reached = REACHED.get(stage, 0)
    dots = ["done"] * reached + [""] * (3 - reached)
    if stage in {Stage.BOUNCED, Stage.FAILED}:
        dots[reached] = "failed"
    return dots
