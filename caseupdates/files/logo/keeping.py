"""Take in the firm's logo, have it, take it away."""

from typing import NamedTuple

from sqlmodel import Session

from caseupdates import bell
from caseupdates.files import storage
from caseupdates.files.pictures import picture_type
from caseupdates.files.uploading import NoLength, said
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.access import require_settings
from caseupdates.people.firm import firm
from caseupdates.people.models import Person
from caseupdates.refusals import Invalid, NotFound, Refusal

LARGEST = 1_000_000  # bytes: every visitor of every page loads it


class LogoTooLarge(Refusal):
    status = 413

    def __str__(self) -> str:
        return f"A logo may have at most {said(LARGEST)}. Make it smaller, then upload it again."


class Logo(NamedTuple):
    """A logo as it is shown."""

    content: bytes
    media_type: str
    sha256: str


def require_logo(session: Session, size: int | None, *, by: Person) -> None:
    """May this logo's upload begin? Asked before a byte is read. Raise NotPermitted, NoLength, LogoTooLarge, Invalid."""
    require_settings(by)
    if size is None:
        raise NoLength
    if size > LARGEST:
        raise LogoTooLarge
    if size == 0:
        raise Invalid("This file is empty.")


def keep_logo(session: Session, content: bytes, *, by: Person) -> None:
    """Make a picture the firm's logo; raise also NotAPicture, TooManyPixels."""
    require_logo(session, len(content), by=by)
    media_type = picture_type(content)
    _put(session, storage.keep(content).sha256, media_type)
    _tell(session, "logo changed", about=f"{media_type.partition('/')[2].upper()}, {said(len(content))}", by=by)


def remove_logo(session: Session, *, by: Person) -> None:
    """Be without a logo again; the content stays in the store, where another file may be the same."""
    require_settings(by)
    if firm(session).logo_sha256:
        _put(session, None, "")
        _tell(session, "logo removed", about="", by=by)


def logo(session: Session) -> Logo:
    """The firm's logo, for anyone; raise NotFound where there is none."""
    here = firm(session)
    if here.logo_sha256 is None:
        raise NotFound
    with storage.opened(here.logo_sha256) as file:
        return Logo(file.read(), here.logo_type, here.logo_sha256)


def _put(session: Session, sha256: str | None, media_type: str) -> None:
    here = firm(session)
    here.logo_sha256, here.logo_type = sha256, media_type
    session.add(here)


def _tell(session: Session, what: str, *, about: str, by: Person) -> None:
    record(session, Area.SETTINGS, what, by=by, about=about)
    bell.ring(session, bell.SETTINGS)
