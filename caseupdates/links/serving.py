"""May this file go out through this link, to this browser, now? Asked for every request, in one query."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.orm import joinedload, lazyload
from sqlmodel import Session, col, select, update

from caseupdates import clock, tokens
from caseupdates.files.models import File
from caseupdates.links import evidence, visits
from caseupdates.links.access import Standing, dead_link, link_of, standing, why_dead
from caseupdates.links.models import Link, LinkFile, Step, Visit
from caseupdates.links.visitors import Visitor
from caseupdates.people import sessions
from caseupdates.people.models import Person
from caseupdates.refusals import NotFound, NotSignedIn, Refusal
from caseupdates.updates.feed import is_shown
from caseupdates.updates.models import Revision

STANDING = len(Standing._fields)
# Evidence asks a link for its case. All else that a link brings takes ten times as long, and others wait to write.
_WITH_CASE = (
    lazyload("*"),
    joinedload(Link.revision).options(lazyload("*"), joinedload(Revision.update).lazyload("*")),  # type: ignore[arg-type]
)


class NotOpen(Refusal):
    """The window this file was open in is closed, or never was."""

    status = 401

    def __str__(self) -> str:
        return "This file is not open any more. Go back to the link and open it there again."


class Granted(NamedTuple):
    """A file that may go out, and through what."""

    name: str
    media_type: str
    size: int  # bytes
    sha256: str
    file_id: int
    link_id: int
    visit_id: int | None  # None: through the session of somebody who may see the update
    leaves_evidence: bool = True  # not for somebody of the firm who looks at another's link


def grant(session: Session, token: str, file_id: int, visitor: Visitor, *, session_token: str = "") -> Granted:
    """The file, through a live visit of this browser or the session of somebody who may see the update.

    Raise NotFound for a token or file that is none, the link's DeadLink, or NotOpen.
    """
    asked = {
        "token_hash": tokens.digest(token),
        "file_id": file_id,
        "visitor_hash": visitor.cookie_hash,
        "now": clock.now(),
    }
    row = session.connection().execute(_wanted(), asked).first()  # without what a Session does for objects
    if row is None:
        raise NotFound
    if why := why_dead(Standing(*row[:STANDING])):
        raise dead_link(session, link_of(session, token), why)
    granted = Granted(*row[STANDING:])
    if granted.visit_id is None:
        return granted._replace(leaves_evidence=_is_recipient(session, token, session_token))
    return granted


def own(session: Session, file: File, person: Person) -> Granted | None:
    """The person's newest link to this file: what they do with it signed in is evidence as well. None without one."""
    mine = (
        select(LinkFile.link_id).join(Link)
        .where(LinkFile.file_id == file.id, Link.person_id == person.id, col(Link.revoked_at).is_(None))
        .order_by(col(Link.id).desc()).limit(1)
    )  # fmt: skip
    link_id = session.exec(mine).first()
    return Granted(file.name, file.media_type, file.size, file.sha256, file.id, link_id, None) if link_id else None


def viewed(session: Session, granted: Granted, visitor: Visitor) -> None:
    """Write down that a file was shown in the page; once a visit, also when a player asks for many parts at once."""
    if granted.leaves_evidence:
        _sent_so_far(session, granted)
        _note(session, granted, Step.VIEWED, visitor)


def downloaded(session: Session, granted: Granted, visitor: Visitor, *, first: int, until: int) -> None:
    """Bytes `first` to `until` (exclusive) of a download have been handed over; it is complete once every byte has.

    A resumed download goes on where the one before broke off; one that skips a part does not count.
    """
    if not granted.leaves_evidence:
        return
    sent = _sent_so_far(session, granted)
    reached = max(sent, until) if first <= sent else sent
    if reached >= granted.size:
        _note(session, granted, Step.DOWNLOADED, visitor)
        reached = 0
    if reached != sent:
        session.exec(update(LinkFile).where(_mine(granted)).values(sent=reached))


def _sent_so_far(session: Session, granted: Granted) -> int:
    """How many bytes have gone from the beginning on; who notes something of this file at the same moment waits."""
    return session.exec(select(LinkFile.sent).where(_mine(granted)).with_for_update()).one()


def _mine(granted: Granted) -> ColumnElement[bool]:
    return (col(LinkFile.link_id) == granted.link_id) & (col(LinkFile.file_id) == granted.file_id)


@cache
def _wanted() -> Any:
    """The query of `grant`, made once: to put it together takes four times as long as to ask it."""
    mine = (col(Visit.link_id) == Link.id) & (col(Visit.visitor_hash) == bindparam("visitor_hash"))
    return (
        standing()
        .add_columns(
            col(File.name), col(File.media_type), col(File.size), col(File.sha256), col(File.id), col(Link.id), col(Visit.id)
        )
        .join(LinkFile, col(LinkFile.link_id) == Link.id)
        .join(File, col(File.id) == LinkFile.file_id)
        .outerjoin(Visit, mine & visits.is_live(bindparam("now")))
        .where(col(Link.token_hash) == bindparam("token_hash"), col(File.id) == bindparam("file_id"))
        .limit(1)
    )  # fmt: skip


def _is_recipient(session: Session, token: str, session_token: str) -> bool:
    """Is the signed-in person the link's own recipient? Raise NotOpen unless somebody signed in may see the update."""
    link = link_of(session, token)
    try:
        person = sessions.person_of(session, session_token)
    except NotSignedIn:
        raise NotOpen from None
    if not is_shown(session, link.revision.update_id, to=person):
        raise NotOpen
    return person.id == link.person_id


def _note(session: Session, granted: Granted, step: Step, visitor: Visitor) -> None:
    if granted.leaves_evidence:
        link = session.get_one(Link, granted.link_id, options=_WITH_CASE)
        evidence.note_once(session, link, step, visitor, file_id=granted.file_id, visit_id=granted.visit_id)
