"""What the editor holds; every pause in typing keeps a draft."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

import reflex as rx
from anyio import to_thread
from sqlmodel import Session

from caseupdates.cases.access import access_groups_of
from caseupdates.files import drafting
from caseupdates.files.models import File
from caseupdates.files.rows import FileRow, file_row
from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.show import Choice
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import Refusal
from caseupdates.updates import drafts, feed, markdown
from caseupdates.updates.models import Draft
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
    html: str = ""
    is_preview: bool = False
    problem: str = ""
    draft_from: str = ""
    saved: str = ""
    will_need_validation: bool = False
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
        seen = await self._read(_newest_number, whole_number(update_id))
        await self._open("Edit Update", f"edit:{whole_number(update_id)}:{seen}")
        self.will_need_validation = True

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
        await self._say("Saved." if revision.is_validated else "Saved. It waits for validation.")

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
        start = await self._read(_start, self.opened_on, about)
        self.heading, self._about, self.groups = heading, about, start.groups
        self.title, self.body, self.group = start.text.title, start.text.body, str(start.text.access_group_id)
        self.draft_from = said(start.draft.saved_at, self._zone) if start.draft else ""
        self.files, self.may_upload = [file_row(each) for each in start.files], start.may_upload
        self.upload_path = f"/cases/{quote(self.opened_on)}/files?draft={quote(about)}"
        self.problem = self.saved = self.html = ""
        self.is_preview, self.will_need_validation, self.is_open = False, False, True

    async def _keep(self) -> None:
        self.problem = ""
        draft = await self._write(drafting.keep, self.opened_on, self._about, self._text)
        self.saved = f"Draft kept {said(draft.saved_at, self._zone)}"

    @property
    def _text(self) -> Text:
        return Text(self.title, self.body, int(self.group) if self.group.isdecimal() else 0)


class _Start(NamedTuple):
    text: Text
    groups: list[Choice]
    draft: Draft | None
    files: Sequence[File]
    may_upload: bool


def _start(session: Session, case_number: str, about: str, *, by: Person) -> _Start:
    """What the fields begin with: the draft somebody left, else the update they edit or answer."""
    groups = access_groups_of(session, by)
    draft = drafts.kept(session, case_number, about, by=by)
    if draft:
        text = Text(draft.title, draft.body, draft.access_group_id or 0)
    else:
        text = drafts.starting_text(session, about, by=by)
    choices = [Choice(str(each.id), each.name) for each in groups]
    files = drafting.files_in_editor(session, case_number, about, by=by)
    return _Start(text, choices, draft, files, by.may(Permission.UPLOAD_FILES))


def _newest_number(session: Session, update_id: int, *, by: Person) -> int:
    return feed.update_shown(session, update_id, by=by).number
