"""The typed template and what it makes of an update."""

import reflex as rx

from caseupdates.interface.access import permitted, whole_number
from caseupdates.interface.show import Choice
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal
from caseupdates.sending.settings.template.rows import (
    MADE_UP,
    Preview,
    ProblemRow,
    preview_of,
    problem_rows,
    recipient_choices,
    update_choices,
)
from caseupdates.sending.template.preview import preview, recipients_to_try, updates_to_try
from caseupdates.sending.template.standard import Text


class TemplatePreview(Frame):
    """The mail as it would be, for an update and a recipient to choose."""

    subject: str = ""  # as the fields began, and as last typed: a page that is loaded again shows it
    body: str = ""
    problems: list[ProblemRow] = []
    view: str = "html"
    mail: Preview = Preview()
    updates: list[Choice] = []
    update_id: str = ""
    recipients: list[Choice] = []
    recipient: str = MADE_UP
    with_note: bool = True

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show(self, view: object) -> None:
        self.view = next((each for each in ("text", "phone") if each == view), "html")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def choose_update(self, update_id: object) -> None:
        await self._choose_update(str(whole_number(update_id)))
        await self._preview()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def choose_recipient(self, person_id: object) -> None:
        self.recipient = str(whole_number(person_id))
        await self._preview()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def note(self, is_on: object) -> None:
        self.with_note = is_on is True
        await self._preview()

    async def _offer(self) -> None:
        """What can be chosen now; what was chosen stays while it can be."""
        self.updates = update_choices(await self._read(updates_to_try))
        is_offered = any(each.id == self.update_id for each in self.updates)
        await self._choose_update(self.update_id if is_offered else self.updates[0].id)

    async def _choose_update(self, update_id: str) -> None:
        self.recipients = recipient_choices(await self._read(recipients_to_try, int(update_id)))
        self.update_id = update_id
        if all(each.id != self.recipient for each in self.recipients):
            self.recipient = self.recipients[0].id

    async def _preview(self) -> None:
        """Make the mail; where it cannot be made, say why, and the last one stays."""
        try:
            self.mail, self.problems = await self._previewed(Text(self.subject, self.body)), []
        except Refusal as refusal:
            self.problems = problem_rows(refusal)

    async def _previewed(self, text: Text) -> Preview:
        chosen = int(self.update_id), int(self.recipient)
        return preview_of(await self._read(preview, text, *chosen, with_note=self.with_note))
