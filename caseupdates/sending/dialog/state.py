"""What the dialog "Send Update" holds. It offers; the domain decides."""

import reflex as rx

from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal
from caseupdates.sending.dialog.offer import Offer, offered
from caseupdates.sending.dialog.preview.state import Preview
from caseupdates.sending.recipients import NotARecipient
from caseupdates.sending.resolving import GroupChanged
from caseupdates.sending.selector.saving.state import Saving
from caseupdates.sending.send import send
from caseupdates.settings import settings

KEPT = ("_every_group", "chosen", "ticked", "note", "attach", "expiry", "expiry_date", "verify")


class SendDialog(Preview, Saving, Frame):
    """Who on the left, what on the right, the sum and the act at the bottom."""

    is_open: bool = False
    opened_on: str = ""  # the case's number
    title: str = ""
    _seen: int = 0
    _already: int = 0

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def open(self, update_id: object) -> None:
        """Offer the recipients of this update; what was chosen and noted before closing the dialog is still there."""
        await self._offer(update_id)

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def open_again(self, update_id: object, people: object) -> None:
        """The same, with the people of an earlier sending chosen as far as they still can be."""
        await self._offer(update_id)
        self.chosen, self.ticked = [], []
        self._toggle([whole_number(each) for each in people] if isinstance(people, list) else [])

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def close(self, is_open: object = False) -> None:
        self.is_open = is_open is True

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def keep_note(self, text: object) -> None:
        self.note = words(text)

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def step(self, second: object) -> None:
        """On a narrow screen: first who, then what."""
        self.is_second_step = second is True

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def send(self) -> None:
        """Send, and close; a refusal stands beside the button with everything still chosen."""
        try:
            await self._write(
                send, self._update_id, list(self.chosen), seen=self._seen, already=self._already, note=self.note,
                groups={each: self._meaning[each] for each in self.ticked}, files=self._handling, undo=settings().undo,
            )  # fmt: skip
        except Refusal as refusal:
            await self._refuse(refusal)
            return
        self.is_open = False
        await self._say(f"Sent to {self.count_said}.")

    async def _offer(self, update_id: object) -> None:
        offer: Offer = await self._read(offered, whole_number(update_id))
        before, kept = self._begun, {name: getattr(self, name) for name in KEPT}
        self.reset()  # type: ignore[no-untyped-call]
        self._update_id, self._seen, self._already = offer.revision.update_id, offer.revision.number, offer.already
        self._files, self._firm_zone = list(offer.files), offer.firm.time_zone
        self._begin_as_usual(offer.firm)
        for name, value in kept.items() if before == self._begun else ():
            setattr(self, name, value)
        self.title, self.opened_on, self.is_open = offer.revision.title, self.case_number, True
        self._show_offered(offer)
        self._plan()

    async def _refuse(self, refusal: Refusal) -> None:
        """Say why; where somebody came or went meanwhile, show who stands there now."""
        if isinstance(refusal, GroupChanged | NotARecipient):
            self._show_offered(await self._read(offered, self._update_id))
        self.problem = str(refusal)

    @property
    def _begun(self) -> tuple[int, int, int]:
        """What the dialog was opened on: update, revision, sendings so far."""
        return self._update_id, self._seen, self._already
