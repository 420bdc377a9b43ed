"""How the files go and on which terms, as it is chosen now."""

from datetime import datetime, tzinfo

import reflex as rx

from caseupdates.clock import zone_named
from caseupdates.files.models import File
from caseupdates.interface.access import permitted, words
from caseupdates.interface.state import Frame
from caseupdates.links.expiry import DEFAULT, Expiry, last_day, moment, usual
from caseupdates.people.models import Firm, Permission
from caseupdates.refusals import Refusal
from caseupdates.sending.attachments import plan
from caseupdates.sending.delivering import Handling
from caseupdates.sending.dialog.files.rows import PlannedFile, planned
from caseupdates.settings import settings


class FilesChosen(Frame, mixin=True):
    """The right side of the dialog "Send Update", below the note. It begins with the firm's defaults."""

    files: list[PlannedFile] = []
    attach: bool = False
    expiry: str = str(DEFAULT)
    expiry_date: str = ""
    expiry_said: str = ""  # "30 November 2026"
    verify: bool = False
    problem: str = ""
    _files: list[File] = []
    _firm_zone: str = "UTC"  # recipients read the last day, so it is said in the firm's zone

    @rx.var
    def has_links(self) -> bool:
        """Does anything go behind a link, as it is chosen now?"""
        return any(not file.is_attached for file in self.files)

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

    @property
    def _zone_said(self) -> tzinfo:
        return zone_named(self._firm_zone)

    @property
    def _ends(self) -> datetime | None:
        return moment(Expiry(self.expiry), on=self.expiry_date, zone=self._zone_said)

    @property
    def _handling(self) -> Handling:
        return Handling(self.attach, self._ends if self.has_links else None, self.verify)

    def _begin_as_usual(self, here: Firm) -> None:
        self.attach, self.expiry, self.verify = here.attach_files, str(usual(here.links_expire)), here.verify_identity

    def _plan(self) -> None:
        """What goes how, and until when, as it is chosen now."""
        self.problem = ""
        self.files = planned(self._files, plan(self._files, attach=self.attach, limit=settings().attachments))
        try:
            self.expiry_said = last_day(self._ends, self._zone_said)
        except Refusal:
            self.expiry_said = ""
