"""Files for tests: uploaded as a browser would, waiting in a draft, or with an update."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel import Session, SQLModel

from caseupdates.cases.models import AccessGroup
from caseupdates.database import engine
from caseupdates.files import drafting, storage, uploading
from caseupdates.files.models import File
from caseupdates.people.models import Person
from caseupdates.updates.models import Revision
from tests.stories import Firm

CASE = "2026-0142"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PDF = b"%PDF-1.7\n"


class Shelf:
    """The investigator's files on the firm's case."""

    def __init__(self, session: Session, firm: Firm) -> None:
        self.session, self.firm = session, firm

    def upload(
        self, name: str = "plate.jpg", content: bytes = JPEG, *, draft: str = "", by: Person | None = None
    ) -> File:
        """Put a file into the case's Files, or into a draft."""
        by = by or self.firm.investigator
        return uploading.take_in(self.session, CASE, name, storage.keep(content), draft=draft, by=by)

    def update(
        self, *named: str, group: AccessGroup | None = None, by: Person | None = None, validated: bool = True
    ) -> Revision:
        """An update with files, saved from the editor."""
        by = by or self.firm.investigator
        for name in named:
            self.upload(name, by=by, draft="new")
        revision = drafting.save(self.session, CASE, "new", self.firm.text(group=group), by=by)
        return self.firm.validate(revision) if validated else revision

    def edit(self, revision: Revision, *, without: Sequence[File] = (), also: Sequence[str] = ()) -> Revision:
        """The update's next revision, some files left out and some added; it waits for validation."""
        about, by = f"edit:{revision.update_id}:{revision.number}", self.firm.investigator
        for file in without:
            drafting.take_out(self.session, CASE, about, file.id, by=by)
        for name in also:
            self.upload(name, draft=about)
        return drafting.save(self.session, CASE, about, self.firm.text("Night two, corrected"), by=by)

    def names(self, revision: Revision) -> list[str]:
        return [each.name for each in drafting.files_of(self.session, revision)]


def everything(session: Session) -> str:
    """Every row of every table, as this transaction sees them."""
    tables, connection = SQLModel.metadata.sorted_tables, session.connection()
    return "\n".join(f"{table.name}: {row!r}" for table in tables for row in connection.execute(table.select()))


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine(), "before_cursor_execute", note)
