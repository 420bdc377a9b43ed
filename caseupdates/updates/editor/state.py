"""What the editor holds; every pause in typing keeps a draft."""

from urllib.parse import quote

import reflex as rx
from anyio import to_thread

from caseupdates.files import drafting
from caseupdates.files.rows import FileRow, file_row
from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.show import Choice
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal
from caseupdates.updates import drafts, markdown
from caseupdates.updates.editor.rows import newest_number, saved, start, without_validation
from caseupdates.updates.writing import Text


class Editor(Frame):
    """A new update, a reply, or an edit: `_about` says which, as drafts do."""

    is_open: bool = False
    opened_on: str = ""  # the case's number: another case's page must neither show nor save this
    heading: str = ""
    title: str = ""
    body: str = ""
    group: str = ""
    groups: list[Choice] = []
    without_validation: str = ""  # the chosen group's name, if updates in it need none
    no_group: str = ""  # why there is none to choose
    html: str = ""
    is_preview: bool = False
    problem: str = ""
    draft_from: str = ""
    saved: str = ""
    is_edit: bool = False
    files: list[FileRow] = []
    may_upload: bool = False
    upload_path: str = ""
    _about: str = "new"

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def open_new(self) -> None:
        await self._open("New Update", "new")

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def open_reply(self, update_id: object) -> None:
        await self._open("Reply", f"reply:{whole_number(update_id)}")

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def open_edit(self, update_id: object) -> None:
        seen = await self._read(newest_number, whole_number(update_id))
        await self._open("Edit Update", f"edit:{whole_number(update_id)}:{seen}")
        self.is_edit = True

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def type_title(self, text: object) -> None:
        self.title = words(text)
        await self._keep()

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def type_body(self, text: object) -> None:
        self.body = words(text, at_most=200_000)
        await self._keep()

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def choose_group(self, group: object) -> None:
        self.group = words(group, at_most=20)
        await self._keep()
        await self._look_at_group()

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def show(self, tab: object) -> None:
        self.is_preview = tab == "preview"
        self.html = await to_thread.run_sync(markdown.html, self.body) if self.is_preview else ""

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def save(self) -> None:
        """Save what stands in the fields; a refusal stands beside the button and nothing typed is lost."""
        try:
            revision = await self._write(drafting.save, self.opened_on, self._about, self._text)
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.is_open = False
        await self._say(saved(revision))

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def close(self, is_open: object = False) -> None:
        """Leave the editor; the draft stays."""
        self.is_open = is_open is True

    @rx.event
    @permitted(Permission.CREATE_UPDATES)
    async def discard(self) -> None:
        """Throw the draft away and begin again."""
        await self._write(drafts.discard, self.opened_on, self._about)
        await self._open(self.heading, self._about)

    @rx.event
    @permitted(Permission.UPLOAD_FILES)
    async def look_at_files(self) -> None:
        """A file has arrived in the draft."""
        await self._look_at_files()

    @rx.event
    @permitted(Permission.UPLOAD_FILES)
    async def take_out(self, file_id: object) -> None:
        """Leave a file out of the update."""
        await self._write(drafting.take_out, self.opened_on, self._about, whole_number(file_id))
        await self._look_at_files()

    async def _look_at_files(self) -> None:
        found = await self._read(drafting.files_in_editor, self.opened_on, self._about)
        self.files, self.problem = [file_row(each) for each in found], ""

    async def _open(self, heading: str, about: str) -> None:
        self.opened_on = self.case_number
        begin = await self._read(start, self.opened_on, about)
        self.heading, self._about, self.groups, self.no_group = heading, about, begin.groups, begin.no_group
        self.title, self.body, self.group = begin.text.title, begin.text.body, begin.group
        self.draft_from = said(begin.draft.saved_at, self._zone) if begin.draft else ""
        self.files, self.may_upload = [file_row(each) for each in begin.files], begin.may_upload
        self.upload_path = f"/cases/{quote(self.opened_on)}/files?draft={quote(about)}"
        self.problem = self.saved = self.html = ""
        self.is_preview, self.is_edit, self.is_open = False, False, True
        await self._look_at_group()

    async def _look_at_group(self) -> None:
        """Say before saving what the chosen group asks for."""
        self.without_validation = await self._read(without_validation, self._text.access_group_id)

    async def _keep(self) -> None:
        self.problem = ""
        draft = await self._write(drafting.keep, self.opened_on, self._about, self._text)
        self.saved = f"Draft kept {said(draft.saved_at, self._zone)}"

    @property
    def _text(self) -> Text:
        return Text(self.title, self.body, int(self.group) if self.group.isdecimal() else 0)
