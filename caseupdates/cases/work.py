"""What somebody works on, for whoever manages settings."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from caseupdates.cases.access import cases_of
from caseupdates.cases.models import Assignment, Case
from caseupdates.people.access import require_settings
from caseupdates.people.models import Person


def work_of(session: Session, person_id: int, *, by: Person) -> Sequence[tuple[Case, Assignment]]:
    """The cases a person is assigned to now, among those the asker may see; newest activity first."""
    require_settings(by)
    seen = select(cases_of(by).subquery().c.id)
    on_them = (
        select(Case, Assignment)
        .join(Assignment, col(Assignment.case_id) == Case.id)
        .where(Assignment.person_id == person_id, col(Assignment.ended_at).is_(None), col(Case.id).in_(seen))
    )
    return session.exec(on_them.order_by(col(Case.last_activity_at).desc(), col(Assignment.id))).all()
