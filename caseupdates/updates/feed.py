"""Which updates a person sees, and in which revision. Every lookup of an update starts here."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select
from sqlmodel.sql.expression import SelectOfScalar

from caseupdates.cases.access import cases_of
from caseupdates.cases.models import AccessGroupRole, Case
from caseupdates.people.models import Person
from caseupdates.refusals import NotFound
from caseupdates.updates.models import Revision, Update

PAGE = 20  # updates shown before "Show older updates"


def shown_to(person: Person) -> SelectOfScalar[Revision]:
    """One revision per update: employees see the newest, contacts the newest validated; both only in their
    cases and access groups."""
    newer = aliased(Revision)
    superseded = exists().where(col(newer.update_id) == Revision.update_id, col(newer.number) > Revision.number)
    shown = select(Revision).join(Update)
    if not person.is_employee:
        superseded = superseded.where(col(newer.validated_at).is_not(None))
        shown = shown.where(col(Revision.validated_at).is_not(None))
    cases = cases_of(person).with_only_columns(col(Case.id))
    admitted = select(AccessGroupRole.access_group_id).where(AccessGroupRole.role_id == person.role_id)
    return shown.where(
        ~superseded, col(Update.case_id).in_(cases), col(Revision.access_group_id).in_(admitted)
    )  # fmt: skip


def feed(session: Session, case: Case, *, by: Person, limit: int = PAGE) -> Sequence[Revision]:
    """The newest updates of a case as this person sees them."""
    of_case = shown_to(by).where(Update.case_id == case.id)
    return session.exec(of_case.order_by(col(Update.id).desc()).limit(limit)).all()


def update_shown(session: Session, update_id: int, *, by: Person) -> Revision:
    """One update as this person sees it; raise NotFound alike for none and not theirs."""
    found = session.exec(shown_to(by).where(Update.id == update_id)).first()
    if found is None:
        raise NotFound
    return found


def is_shown(session: Session, update_id: int, *, to: Person) -> bool:
    """May this person see the update at all?"""
    return session.exec(shown_to(to).where(Update.id == update_id)).first() is not None


def count(session: Session, case: Case, *, by: Person) -> tuple[int, int]:
    """How many updates of a case this person sees, and how many of them wait for validation."""
    shown = shown_to(by).where(Update.case_id == case.id).subquery()
    counts = session.exec(select(func.count(shown.c.id), func.count(shown.c.id) - func.count(shown.c.validated_at)))
    updates, waiting = counts.one()
    return updates, waiting


def waiting_by_case(session: Session, case_ids: Collection[int], *, by: Person) -> dict[int, int]:
    """How many updates wait for validation, by case; cases without any are left out. Contacts see none."""
    waiting = shown_to(by).where(col(Revision.validated_at).is_(None), col(Update.case_id).in_(case_ids))
    counts = waiting.with_only_columns(col(Update.case_id), func.count()).group_by(col(Update.case_id))
    return dict(session.execute(counts).all())
