"""The gate: what stands before a visitor on a link, and letting in those who need no code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from caseupdates import bell
from caseupdates.files.models import File
from caseupdates.links import codes, evidence, visits
from caseupdates.links.access import DeadLink, LinkExpired, files_of_link, link_of, refused
from caseupdates.links.models import Link, Step, Visit
from caseupdates.links.visitors import Visitor
from caseupdates.people import sessions
from caseupdates.people.firm import firm
from caseupdates.people.models import Firm
from caseupdates.refusals import NotPermitted, NotSignedIn
from caseupdates.updates.feed import is_shown


class Stage(StrEnum):
    """What the visitor must do next."""

    ADDRESS = "address"  # say who they are
    CODE = "code"  # give back the code that was mailed
    OPEN = "open"  # press a button: this link needs no code
    FILES = "files"  # nothing: the files are open
    DEAD = "dead"  # nothing: the link leads nowhere


@dataclass(frozen=True)
class Before:
    """What stands before the visitor."""

    stage: Stage
    link: Link
    firm: Firm
    files: Sequence[File]
    visit: Visit | None = None
    refusal: DeadLink | None = None
    is_signed_in: bool = False  # through their session, whatever windows are open

    @property
    def may_name_files(self) -> bool:
        """To somebody who has not shown who they are, files are only counted, by kind and size."""
        return self.stage is Stage.FILES or not self.link.needs_verification

    @property
    def can_ask_again(self) -> bool:
        return isinstance(self.refusal, LinkExpired)


def before(session: Session, token: str, visitor: Visitor, *, session_token: str = "") -> Before:
    """What this visitor sees; raise NotFound for a token that is none. Changes nothing."""
    link, here = link_of(session, token), firm(session)
    if dead := refused(session, link):
        return Before(Stage.DEAD, link, here, [], refusal=dead)
    files = files_of_link(session, link)
    if _may_see(session, link, session_token):
        return Before(Stage.FILES, link, here, files, is_signed_in=True)
    if visit := visits.of_browser(session, link, visitor):
        return Before(Stage.FILES, link, here, files, visit)
    if not link.needs_verification:
        return Before(Stage.OPEN, link, here, files)
    stage = Stage.CODE if codes.pending(session, link, visitor) else Stage.ADDRESS
    return Before(stage, link, here, files)


def open_without_code(session: Session, token: str, visitor: Visitor) -> Visit:
    """Somebody pressed "Open files" of a link that needs no code; raise NotPermitted for one that does."""
    found = before(session, token, visitor)
    if found.refusal:
        raise found.refusal
    if found.link.needs_verification:
        raise NotPermitted
    visit = found.visit or visits.begin(session, found.link, visitor)
    evidence.note(session, found.link, Step.OPENED, visitor, visit_id=visit.id)
    return visit


def leave(session: Session, token: str, visitor: Visitor) -> None:
    """ "Leave and lock": every window this browser has open on the link is closed for good; raise NotFound."""
    link = link_of(session, token)
    visits.leave(session, link, visitor)
    bell.ring(session, bell.link(link.id))


def _may_see(session: Session, link: Link, session_token: str) -> bool:
    try:
        person = sessions.person_of(session, session_token)
    except NotSignedIn:
        return False
    return is_shown(session, link.revision.update_id, to=person)
