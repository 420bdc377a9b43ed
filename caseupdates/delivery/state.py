"""What `/mailbox` shows: every mail the product wrote while no provider is set."""

import json
from dataclasses import dataclass

import reflex as rx

from caseupdates import bell, database, seals
from caseupdates.delivery import mailbox
from caseupdates.delivery.models import LocalMail
from caseupdates.interface.access import on_this_machine, whole_number, words
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.settings import settings

PAGE = 100  # mails listed


@dataclass
class MailRow:
    id: int = 0
    recipient: str = ""
    subject: str = ""
    when: str = ""


class Mailbox(Frame):
    """The list, and the one mail that is open."""

    mails: list[MailRow] = []
    search: str = ""
    opened: int = 0
    mail: MailRow = MailRow()
    sender: str = ""
    html: str = ""
    text: str = ""
    attached: list[str] = []
    as_text: bool = False
    is_loaded: bool = False

    @rx.event(background=True)
    @on_this_machine
    async def watch(self) -> None:
        """Follow the mailbox while the page is open."""
        await self._follow(self._look, bell.MAILBOX)

    @rx.event
    @on_this_machine
    async def find(self, text: object) -> None:
        self.search = words(text, at_most=100)
        await self._look()

    @rx.event
    @on_this_machine
    async def open(self, mail_id: object) -> None:
        found = await database.read(mailbox.mail, whole_number(mail_id))
        self.opened, self.mail, self.sender = found.id, self._row(found), found.sender
        key = settings().secret_key
        # A link of the mail opens beside the mailbox, not inside its frame.
        self.html = seals.broken(found.html.replace("<head>", '<head><base target="_blank">', 1), key)
        self.text = seals.broken(found.text, key)
        self.attached = [each["filename"] for each in json.loads(found.attachments)]

    @rx.event
    @on_this_machine
    async def close(self) -> None:
        self.opened = 0

    @rx.event
    @on_this_machine
    async def show(self, which: object) -> None:
        self.as_text = which == "text"

    async def _look(self) -> float | None:
        found = await database.read(mailbox.mails, limit=PAGE, search=self.search)
        self.mails, self.is_loaded = [self._row(each) for each in found], True
        return None

    def _row(self, mail: LocalMail) -> MailRow:
        return MailRow(mail.id, mail.recipient, mail.subject, said(mail.received_at, self._zone))
