"""What the dialog "Send Update" holds. It offers; the domain decides."""

import reflex as rx

from caseupdates.files.models import File
from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.show import counted
from caseupdates.interface.state import Frame
from caseupdates.links.expiry import DEFAULT, Expiry, last_day, moment
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal
from caseupdates.sending.attachments import plan
from caseupdates.sending.delivering import Handling
from caseupdates.sending.dialog.offer import letter, offered
from caseupdates.sending.dialog.rows import (
    BlockRow,
    GroupRow,
    PersonRow,
    PlannedFile,
    block_row,
    group_row,
    matching,
    planned,
)
from caseupdates.sending.models import Channel
from caseupdates.sending.recipients import candidates_by_person
from caseupdates.sending.send import send
from caseupdates.settings import settings


class SendDialog(Frame):
    """Who is offered, who is chosen, and the note."""

    is_open: bool = False
    opened_on: str = ""  # the case's number
    title: str = ""
    blocks: list[BlockRow] = []
    groups: list[GroupRow] = []
    chosen: list[int] = []
    expanded: list[str] = []
    search: str = ""
    note: str = ""
    problem: str = ""
    is_second_step: bool = False
    files: list[PlannedFile] = []
    attach: bool = False
    expiry: str = str(DEFAULT)
    expiry_date: str = ""
    expiry_said: str = ""  # "30 November 2026"
    verify: bool = False
    preview_of: str = ""
    preview_subject: str = ""
    preview_html: str = ""
    _all: list[BlockRow] = []
    _files: list[File] = []
    _update_id: int = 0
    _seen: int = 0
    _already: int = 0

    @rx.var
    def chosen_by_block(self) -> dict[str, int]:
        """How many are chosen, by block."""
        return {block.name: len(set(block.ids) & set(self.chosen)) for block in self.blocks}

    @rx.var
    def chosen_groups(self) -> list[int]:
        """The distribution groups whose every possible member is chosen."""
        return [group.id for group in self.groups if group.members and set(group.members) <= set(self.chosen)]

    @rx.var
    def readers(self) -> list[PersonRow]:
        """Those chosen who get an email, to preview it as."""
        people = {row.id: row for block in self._all for row in block.people if row.channel == Channel.EMAIL}
        return [people[each] for each in self.chosen if each in people]

    @rx.var
    def count_said(self) -> str:
        return counted(len(self.chosen), "recipient")

    @rx.var
    def sum_said(self) -> str:
        """ "2 email + notification · 1 notification only"."""
        channels = {row.id: row.channel for block in self._all for row in block.people}
        numbers = (
            (sum(channels.get(each) == kind for each in self.chosen), kind)
            for kind in (Channel.EMAIL, Channel.NOTIFICATION)
        )
        return " · ".join(f"{number} {str(kind).lower()}" for number, kind in numbers if number)

    @rx.var
    def has_links(self) -> bool:
        """Does anything go behind a link, as it is chosen now?"""
        return any(not file.is_attached for file in self.files)

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def open(self, update_id: object) -> None:
        await self._offer(update_id)

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def open_again(self, update_id: object, people: object) -> None:
        """The same, with the people of an earlier sending chosen as far as they still can be."""
        await self._offer(update_id)
        self.chosen = []
        self._toggle([whole_number(each) for each in people] if isinstance(people, list) else [])

    async def _offer(self, update_id: object) -> None:
        """Offer the recipients of this update; what was chosen and noted before closing the dialog is still there."""
        offer = await self._read(offered, whole_number(update_id))
        before = (self._update_id, self._seen, self._already)
        kept = (self.chosen, self.note, self.attach, self.expiry, self.expiry_date, self.verify)
        self.reset()  # type: ignore[no-untyped-call]
        self._update_id, self._seen, self._already = offer.revision.update_id, offer.revision.number, offer.already
        if before == (self._update_id, self._seen, self._already):
            self.chosen, self.note, self.attach, self.expiry, self.expiry_date, self.verify = kept
        self.title, self._all = offer.revision.title, [block_row(each) for each in offer.blocks]
        people = candidates_by_person(offer.blocks)
        self.groups = [group_row(each, people) for each in offer.groups]
        self.blocks, self.opened_on, self.is_open = self._all, self.case_number, True
        self._files = list(offer.files)
        self._plan()

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def close(self, is_open: object = False) -> None:
        self.is_open = is_open is True

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def expand(self, block: object) -> None:
        self.expanded = (
            [each for each in self.expanded if each != block]
            if block in self.expanded
            else [*self.expanded, words(block)]
        )

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def find(self, text: object) -> None:
        """Show only the people whose name or company has these letters, their blocks open."""
        self.search = words(text, at_most=100)
        self.blocks = matching(self._all, self.search) if self.search.strip() else self._all

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def toggle(self, person_id: object) -> None:
        self._toggle([whole_number(person_id)])

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def toggle_block(self, name: object) -> None:
        self._toggle([each for block in self.blocks if block.name == name for each in block.ids])

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def toggle_group(self, group_id: object) -> None:
        self._toggle([each for group in self.groups if group.id == group_id for each in group.members])

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def keep_note(self, text: object) -> None:
        self.note = words(text)

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def handle(self, how: object) -> None:
        """Attach files, or send links."""
        self.attach = how == "attach"
        self._plan()

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def expire(self, choice: object) -> None:
        self.expiry = next((str(each) for each in Expiry if each == choice), str(DEFAULT))
        self._plan()

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def expire_on(self, day: object) -> None:
        self.expiry_date = words(day, at_most=10)
        self._plan()

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def toggle_verify(self) -> None:
        self.verify = not self.verify

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def step(self, second: object) -> None:
        """On a narrow screen: first who, then what."""
        self.is_second_step = second is True

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def preview(self, person_id: object) -> None:
        """The email as one chosen recipient will get it."""
        reader = whole_number(person_id) or next((row.id for row in self.readers), 0)
        try:
            preview = await self._read(letter, self._update_id, reader, self.note, self._handling)
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.preview_of, self.preview_subject, self.preview_html = str(reader), preview.subject, preview.html
        self.is_second_step, self.problem = True, ""

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def end_preview(self) -> None:
        self.preview_of = self.preview_html = ""

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def send(self) -> None:
        """Send, and close; a refusal stands beside the button with everything still chosen."""
        try:
            await self._write(
                send, self._update_id, list(self.chosen), seen=self._seen, already=self._already, note=self.note,
                files=self._handling, undo=settings().undo,
            )  # fmt: skip
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.is_open = False
        await self._say(f"Sent to {self.count_said}.")

    @property
    def _handling(self) -> Handling:
        ends = moment(Expiry(self.expiry), on=self.expiry_date, zone=self._zone) if self.has_links else None
        return Handling(self.attach, ends, self.verify)

    def _plan(self) -> None:
        """What goes how, and until when, as it is chosen now."""
        self.problem = ""
        self.files = planned(self._files, plan(self._files, attach=self.attach, limit=settings().attachments))
        try:
            self.expiry_said = last_day(moment(Expiry(self.expiry), on=self.expiry_date, zone=self._zone), self._zone)
        except Refusal:
            self.expiry_said = ""

    @property
    def _can_be_chosen(self) -> set[int]:
        return {each for block in self._all for each in block.ids}

    def _toggle(self, ids: list[int]) -> None:
        """Choose all of these, or none of them when all were chosen."""
        possible, before = set(ids) & self._can_be_chosen, set(self.chosen)
        self.chosen = sorted(before - possible if possible <= before else before | possible)
        self.problem = ""
