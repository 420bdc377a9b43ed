"""What waits on a case after sending: links nobody has opened, and links that end soon, by update. Employees only."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, exists, func, select

from caseupdates import clock
from caseupdates.cases.access import case_numbered
from caseupdates.cases.models import Case
from caseupdates.links.access import is_alive
from caseupdates.links.evidence import is_opening
from caseupdates.links.models import Link, LinkEvent
from caseupdates.people.models import Person
from caseupdates.sending.models import Delivery, Sending
from caseupdates.updates.feed import shown_to
from caseupdates.updates.models import Revision, Update

SOON = timedelta(days=7)


class Waiting(NamedTuple):
    """An update, and how many of its recipients it concerns."""

    update_id: int
    title: str
    people: int


def not_opened(session: Session, number: str, *, by: Person) -> Sequence[Waiting]:
    """Whose link leads to files that nobody has opened yet, newest update first."""
    opened = exists().where(col(LinkEvent.link_id) == Link.id, is_opening())
    return _live(session, number, ~opened, by=by)


def ending(session: Session, number: str, *, by: Person) -> Sequence[Waiting]:
    """Whose link ends within seven days, newest update first."""
    return _live(session, number, col(Link.expires_at) <= clock.now() + SOON, by=by)


def _live(session: Session, number: str, such: ColumnElement[bool], *, by: Person) -> Sequence[Waiting]:
    case = case_numbered(session, number, by=by)
    if not by.is_employee:
        return []
    shown = (
        shown_to(by).where(Update.case_id == case.id).with_only_columns(col(Revision.update_id), col(Revision.title))
    )
    newest = shown.subquery()
    counts = (
        select(newest.c.update_id, newest.c.title, func.count(col(Delivery.person_id).distinct()))
        .select_from(Delivery).join(Sending).join(Link, col(Link.id) == Delivery.link_id)
        .join(Person, col(Person.id) == Link.person_id).join(Update, col(Update.id) == Sending.update_id)
        .join(Case, col(Case.id) == Update.case_id).join(newest, newest.c.update_id == Sending.update_id)
        .where(col(Sending.undone_at).is_(None), is_alive(), such)
        .group_by(newest.c.update_id, newest.c.title).order_by(newest.c.update_id.desc())
    )  # fmt: skip
    return [Waiting(*row) for row in session.exec(counts)]
