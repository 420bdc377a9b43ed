"""Evidence: what people did with a link, written when they do it, read in Show Recipients."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from caseupdates import bell, clock
from caseupdates.links.models import Link, LinkEvent, Step
from caseupdates.links.visitors import Visitor


def note(
    session: Session,
    link: Link,
    step: Step,
    visitor: Visitor,
    *,
    file_id: int | None = None,
    visit_id: int | None = None,
) -> None:
    """Write down one step and ring the case's open pages."""
    session.add(
        LinkEvent(
            link_id=link.id, step=step, file_id=file_id, visit_id=visit_id, at=clock.now(), network=visitor.network,
            browser=visitor.browser,
        )
    )  # fmt: skip
    bell.ring(session, bell.case(link.revision.update.case_id))


def note_once(
    session: Session,
    link: Link,
    step: Step,
    visitor: Visitor,
    *,
    file_id: int | None = None,
    visit_id: int | None = None,
) -> None:
    """The same, once a visit: a video that is sought through was viewed once. Without a visit, once a day."""
    same = select(LinkEvent.id).where(
        LinkEvent.link_id == link.id,
        LinkEvent.step == step,
        LinkEvent.file_id == file_id,
        LinkEvent.visit_id == visit_id,
    )
    if visit_id is None:
        same = same.where(col(LinkEvent.at) > clock.now() - timedelta(days=1))
    if session.exec(same.limit(1)).first() is None:
        note(session, link, step, visitor, file_id=file_id, visit_id=visit_id)


def steps_of(session: Session, link_ids: Collection[int]) -> dict[int, Sequence[LinkEvent]]:
    """What was done with these links, oldest first; one query."""
    done = select(LinkEvent).where(col(LinkEvent.link_id).in_(link_ids)).order_by(col(LinkEvent.id))
    found: dict[int, list[LinkEvent]] = {}
    for event in session.exec(done):
        found.setdefault(event.link_id, []).append(event)
    return dict(found)


def is_opening() -> ColumnElement[bool]:
    """The condition on LinkEvent joined with Link: the recipient, or whoever has an unguarded link, was in."""
    inside = col(LinkEvent.step).in_([Step.VERIFIED, Step.VIEWED, Step.DOWNLOADED])
    return or_(inside, (col(LinkEvent.step) == Step.OPENED) & ~col(Link.needs_verification))


def first_openings(session: Session, link_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these links that was opened was opened first."""
    opened = select(LinkEvent.link_id, func.min(LinkEvent.at)).join(Link)
    return dict(
        session.exec(
            opened.where(col(LinkEvent.link_id).in_(list(link_ids)), is_opening()).group_by(col(LinkEvent.link_id))
        ).all()
    )
