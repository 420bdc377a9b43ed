"""Take in a file: who may, how large it may be, and where it goes."""

from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.cases.access import case_numbered, require
from caseupdates.files import kinds, names
from caseupdates.files.drafting import keep_in_draft, room_in_draft
from caseupdates.files.models import File
from caseupdates.files.storage import Stored
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import Invalid, Refusal
from caseupdates.settings import settings


class TooLarge(Refusal):
    status = 413

    def __str__(self) -> str:
        return f"A file may have at most {said(settings().largest_file)}. Split it, or send it another way."


class NoLength(Refusal):
    status = 411

    def __str__(self) -> str:
        return "The upload does not say how large it is. Please try again with another browser."


def require_upload(session: Session, case_number: str, size: int | None, *, draft: str = "", by: Person) -> None:
    """May this upload begin? Asked before a byte is read; `draft` is the draft's `about`, empty for the Files tab.

    Raise NotFound, NotPermitted, NoLength, TooLarge, Invalid for an empty file, TooMany files in the draft.
    """
    require(session, by, Permission.UPLOAD_FILES, case_numbered(session, case_number, by=by))
    if size is None:
        raise NoLength
    if size > settings().largest_file:
        raise TooLarge
    if size == 0:
        raise Invalid("This file is empty.")
    if draft:
        room_in_draft(session, case_number, draft, by=by)


def take_in(session: Session, case_number: str, name: str, content: Stored, *, draft: str = "", by: Person) -> File:
    """Write down a content that has arrived in the store; raise also NotWhatItSays."""
    require_upload(session, case_number, content.size, draft=draft, by=by)
    case, named = case_numbered(session, case_number, by=by), names.cleaned(name)
    file = File(
        case_id=case.id, name=named, media_type=kinds.media_type(named, content.head), size=content.size,
        sha256=content.sha256, uploaded_by_id=by.id, uploaded_at=clock.now(), filed_at=None if draft else clock.now(),
    )  # fmt: skip
    session.add(file)
    session.flush()
    if draft:
        keep_in_draft(session, case_number, draft, file, by=by)
    else:
        record(session, Area.FILES, "file added", by=by, case_id=case.id, about=named)
        bell.ring(session, bell.case(case.id))
    return file


def said(size: int) -> str:
    """A size as people read it, in decimal units: "640 MB", "1.4 MB", "812 kB", "90 bytes"."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit * 0.9995:  # "1.0 MB", not "1,000 kB"
            number = size / unit
            return f"{number:.1f} {name}" if number < 9.95 else f"{number:,.0f} {name}"
    return f"{size} byte{'' if size == 1 else 's'}"
