"""Lists of cases, and who is on one."""

from collections.abc import Sequence

from sqlalchemy.orm import contains_eager
from sqlmodel import Session, col, or_, select

from caseupdates.cases.access import cases_of
from caseupdates.cases.models import Assignment, Case, Group
from caseupdates.people.models import Client, Person

PAGE = 50  # rows of a list before "Show more"


def search(session: Session, text: str = "", *, by: Person, limit: int = PAGE) -> Sequence[Case]:
    """The cases a person may see whose number, title or client has every word, newest activity first."""
    found = cases_of(by).join(Client).options(contains_eager(Case.client))  # type: ignore[arg-type]
    for word in text.split():
        columns = (col(Case.number), col(Case.title), col(Client.name))
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return session.exec(found.order_by(col(Case.last_activity_at).desc(), col(Case.id).desc()).limit(limit)).all()


def assignments(session: Session, case: Case) -> Sequence[Assignment]:
    """Who is on a case now: by group in the selector's order, primary first, then by name."""
    on_it = select(Assignment).where(Assignment.case_id == case.id, col(Assignment.ended_at).is_(None))
    order = list(Group)
    return sorted(
        session.exec(on_it).all(), key=lambda each: (order.index(each.group), not each.is_primary, each.person.name)
    )
