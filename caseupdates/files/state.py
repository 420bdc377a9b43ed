"""What the Files tab of a case holds."""

from datetime import tzinfo
from typing import NamedTuple
from urllib.parse import quote

import reflex as rx
from sqlmodel import Session

from caseupdates.files import access
from caseupdates.files.rows import FileRow, file_row
from caseupdates.interface.access import signed_in
from caseupdates.interface.on_case import OnCase
from caseupdates.people.models import Permission, Person


class CaseFiles(OnCase):
    """The files of the case that this person may have, kept live."""

    case_files: list[FileRow] = []
    may_add_files: bool = False
    has_more_files: bool = False
    files_path: str = ""
    _limit: int = access.PAGE

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Follow the case while its page is open."""
        await self._follow_case("files")

    @rx.event
    @signed_in
    async def look(self) -> None:
        """A file has arrived."""
        await self._look()

    @rx.event
    @signed_in
    async def show_more(self) -> None:
        self._limit += access.PAGE
        await self._look()

    async def _look(self) -> float | None:
        found = await self._read(_shelf, self.case_number, self._limit, self._zone)
        self.case_files, self.has_more_files = found.files[: self._limit], len(found.files) > self._limit
        self.may_add_files, self.files_path = found.may_add, f"/cases/{quote(self.case_number)}/files"
        return None

    def _forget(self) -> None:
        self.case_files, self._limit = [], access.PAGE


class _Shelf(NamedTuple):
    files: list[FileRow]
    may_add: bool


def _shelf(session: Session, case_number: str, limit: int, zone: tzinfo, *, by: Person) -> _Shelf:
    files = access.files_of_case(session, case_number, by=by, limit=limit + 1)
    return _Shelf([file_row(each, zone) for each in files], by.may(Permission.UPLOAD_FILES))
