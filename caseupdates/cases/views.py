"""When somebody last opened a case's page."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from caseupdates import bell, clock
from caseupdates.cases.access import case_id
from caseupdates.cases.models import CaseView
from caseupdates.people.models import Person

AGAIN = timedelta(minutes=5)  # a page that is opened again within it is the same look


def is_due(session: Session, number: str, *, by: Person) -> bool:
    """Has the person not been noted on this case lately? Raise NotFound."""
    mine = select(CaseView.viewed_at).where(_mine(case_id(session, number, by=by), by))
    noted = session.exec(mine).first()
    return noted is None or noted <= clock.now() - AGAIN


def note(session: Session, number: str, *, by: Person) -> None:
    """Note that the person has the case's page before them now; raise NotFound."""
    on, now = case_id(session, number, by=by), clock.now()
    if not session.exec(update(CaseView).where(_mine(on, by)).values(viewed_at=now)).rowcount:
        try:
            with session.begin_nested():
                session.add(CaseView(case_id=on, person_id=by.id, viewed_at=now))
        except IntegrityError:  # another tab at the same moment
            return
    bell.ring(session, bell.views(on))


def last_views(session: Session, of_case: int, people: Collection[int]) -> dict[int, datetime]:
    """When each of these people last opened a case that the caller was allowed to open."""
    seen = select(CaseView).where(CaseView.case_id == of_case, col(CaseView.person_id).in_(people))
    return {each.person_id: each.viewed_at for each in session.exec(seen)}


def _mine(of_case: int, by: Person) -> ColumnElement[bool]:
    return (col(CaseView.case_id) == of_case) & (col(CaseView.person_id) == by.id)
