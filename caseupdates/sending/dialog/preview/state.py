"""Which chosen recipient's email is previewed, and how it looks."""

import reflex as rx

from caseupdates.interface.access import permitted, whole_number
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal
from caseupdates.sending.dialog.files.state import FilesChosen
from caseupdates.sending.dialog.offer import letter
from caseupdates.sending.models import Channel
from caseupdates.sending.selector.rows import PersonRow
from caseupdates.sending.selector.state import Choosing


class Preview(Choosing, FilesChosen, mixin=True):
    """ "Preview", in the place of the note."""

    note: str = ""
    is_second_step: bool = False
    preview_of: str = ""
    preview_subject: str = ""
    preview_html: str = ""

    @rx.var
    def readers(self) -> list[PersonRow]:
        """Those chosen who get an email, to preview it as."""
        people = {row.id: row for block in self._all for row in block.people if row.channel == Channel.EMAIL}
        return [people[each] for each in self.chosen if each in people]

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def preview(self, person_id: object) -> None:
        """The email as one chosen recipient will get it."""
        reader = whole_number(person_id) or next((row.id for row in self.readers), 0)
        try:
            mail = await self._read(letter, self._update_id, reader, self.note, self._handling)
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.preview_of, self.preview_subject, self.preview_html = str(reader), mail.subject, mail.html
        self.is_second_step, self.problem = True, ""

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def end_preview(self) -> None:
        self.preview_of = self.preview_html = ""
