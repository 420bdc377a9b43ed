"""Does a link lead anywhere now? Every look-up of a link by its token, and of its files, starts here."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlalchemy import select as sql
from sqlmodel import Session, col, exists, func, or_, select

from caseupdates import clock, tokens
from caseupdates.cases.models import Assignment, Case
from caseupdates.files.models import File
from caseupdates.links.expiry import last_day
from caseupdates.links.models import Link, LinkFile
from caseupdates.people.firm import firm, zone_of
from caseupdates.people.models import AccessLevel, Person
from caseupdates.refusals import NotFound, Refusal
from caseupdates.updates.models import Revision, Update


class DeadLink(Refusal):
    """A link that leads nowhere any more; carries the link, so that the page can say whom to ask."""

    status = 410

    def __init__(self, link: Link, zone: tzinfo = UTC) -> None:
        super().__init__(link.id)
        self.link, self.zone = link, zone  # the firm's: in it the last day is said


class LinkExpired(DeadLink):
    def __str__(self) -> str:
        when = self.link.expires_at
        return (
            f"This link expired on {last_day(when, self.zone)}."
            if when
            else "This link ended when the case was closed."
        )


class LinkRevoked(DeadLink):
    def __str__(self) -> str:
        return "This link was withdrawn by the sender."


class LinkEnded(DeadLink):
    def __str__(self) -> str:
        return "This link no longer belongs to this recipient."


class LinkLocked(DeadLink):
    status = 429

    def __str__(self) -> str:
        return "This link is locked: a wrong code was typed too many times. The sender has been told."


class Standing(NamedTuple):
    """What decides whether a link leads anywhere, read in one query."""

    revoked_at: datetime | None
    locked_at: datetime | None
    expires_at: datetime | None
    closed_at: datetime | None  # of the case
    is_theirs: bool  # still the recipient's: active, at the same address, on the case if they were


def open_link(session: Session, token: str) -> Link:
    """The link of a token, if it still leads somewhere; raise NotFound for one that never was, or a DeadLink."""
    link = link_of(session, token)
    if refusal := refused(session, link):
        raise refusal
    return link


def link_of(session: Session, token: str) -> Link:
    """The link of a token, dead or alive; raise NotFound."""
    found = session.exec(select(Link).where(Link.token_hash == tokens.digest(token))).first()
    if found is None:
        raise NotFound
    return found


def link_id(session: Session, token: str) -> int:
    """What the bell's topic of a link is made of; raise NotFound."""
    return link_of(session, token).id


def refused(session: Session, link: Link) -> DeadLink | None:
    """Why this link leads nowhere now, if so."""
    return all_refused(session, [link]).get(link.id)


def all_refused(session: Session, links: Sequence[Link]) -> dict[int, DeadLink]:
    """Why links lead nowhere now, by id, those that are alive left out; one query."""
    ids = {link.id: link for link in links}
    rows = session.execute(standing().add_columns(col(Link.id)).where(col(Link.id).in_(ids)))
    dead = {row[-1]: why for row in rows if (why := why_dead(Standing(*row[:-1])))}
    return {number: dead_link(session, ids[number], why) for number, why in dead.items()}


def dead_link(session: Session, link: Link, why: type[DeadLink]) -> DeadLink:
    """The refusal for a dead link; only then is the firm asked for its zone."""
    return why(link, zone_of(firm(session)))


def standing() -> Any:
    """Select the columns of Standing, from Link joined with its recipient and case."""
    return (
        sql(col(Link.revoked_at), col(Link.locked_at), col(Link.expires_at), col(Case.closed_at), _is_theirs())
        .select_from(Link)
        .join(Person, col(Person.id) == Link.person_id)
        .join(Revision, col(Revision.id) == Link.revision_id)
        .join(Update, col(Update.id) == Revision.update_id)
        .join(Case, col(Case.id) == Update.case_id)
    )


def why_dead(now: Standing) -> type[DeadLink] | None:
    """The one rule: revoked, locked, no longer theirs, or past its end."""
    if now.revoked_at:
        return LinkRevoked
    if now.locked_at:
        return LinkLocked
    if not now.is_theirs:
        return LinkEnded
    ends = now.expires_at or now.closed_at
    return LinkExpired if ends and ends <= clock.now() else None


def is_alive() -> ColumnElement[bool]:
    """The same rule as a condition on what `standing` joins."""
    ends = func.coalesce(col(Link.expires_at), col(Case.closed_at))
    now = clock.now()
    return (
        col(Link.revoked_at).is_(None) & col(Link.locked_at).is_(None) & _is_theirs() & or_(ends.is_(None), ends > now)
    )  # fmt: skip


def _is_theirs() -> ColumnElement[bool]:
    on_case = exists().where(
        col(Assignment.person_id) == Link.person_id,
        col(Assignment.case_id) == Update.case_id,
        col(Assignment.ended_at).is_(None),
    )
    return (
        col(Person.email).is_not_distinct_from(Link.email)
        & col(Person.archived_at).is_(None)
        & (col(Person.access_level) != AccessLevel.DISABLED)
        & or_(~col(Link.needs_assignment), on_case)
    )


def files_of_link(session: Session, link: Link) -> list[File]:
    """The files a link leads to, in their order."""
    mine = select(LinkFile).where(LinkFile.link_id == link.id).order_by(col(LinkFile.position))
    return [each.file for each in session.exec(mine)]
