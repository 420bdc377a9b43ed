"""Who may see which case. Every lookup of a case starts here, from the person."""

from collections.abc import Sequence

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from caseupdates.cases.models import AccessGroup, AccessGroupRole, Assignment, Case
from caseupdates.database import FRESH
from caseupdates.people.models import AccessLevel, Permission, Person
from caseupdates.refusals import NotFound, NotPermitted


def cases_of(person: Person) -> SelectOfScalar[Case]:
    """The cases a person may see: all with full access, else those they are assigned to; contacts never all."""
    if person.is_active and person.is_employee and person.access_level is AccessLevel.FULL:
        return select(Case)
    assigned = select(Assignment.case_id).where(Assignment.person_id == person.id, col(Assignment.ended_at).is_(None))
    return select(Case).where(col(Case.id).in_(assigned), person.is_active)


def case_numbered(session: Session, number: str, *, by: Person) -> Case:
    """One case by its number; raise NotFound alike for one that is not there and one not theirs."""
    # PostgreSQL takes no NUL, which an address can carry.
    found = session.exec(cases_of(by).where(Case.number == number)).first() if number.isprintable() else None
    if found is None:
        raise NotFound
    return found


def case_id(session: Session, number: str, *, by: Person) -> int:
    """The id of a case the person may see: what the bell's topic is made of."""
    return case_numbered(session, number, by=by).id


def require(session: Session, person: Person, permission: Permission, case: Case) -> None:
    """Raise NotFound where the person may not see the case, NotPermitted where the role lacks the permission."""
    case_numbered(session, case.number, by=person)
    if not person.may(permission):
        raise NotPermitted


def may_arrange(person: Person) -> bool:
    """May this person open cases, change and close them, and assign people? Employees alone, whatever a role carries."""
    return person.is_employee and person.may(Permission.ASSIGN_USERS)


def case_to_arrange(session: Session, number: str, *, by: Person) -> Case:
    """A case that the person may change; raise NotFound where they may not see it, NotPermitted where not arrange it."""
    case = case_numbered(session, number, by=by)
    if not may_arrange(by):
        raise NotPermitted
    return case


def hold(session: Session, case: Case) -> Case:
    """Read the case again and keep others from changing it or who is on it until this transaction ends."""
    # On PostgreSQL whoever comes second waits here for the first; SQLite has one writer anyway.
    session.refresh(case, with_for_update={"of": Case, "key_share": True})
    return case


def access_groups_of(session: Session, person: Person) -> Sequence[AccessGroup]:
    """The access groups whose updates the person's role may see, by name."""
    admitted = select(AccessGroupRole.access_group_id).where(AccessGroupRole.role_id == person.role_id)
    return session.exec(select(AccessGroup).where(col(AccessGroup.id).in_(admitted)).order_by(AccessGroup.name)).all()


def access_group_for(session: Session, person: Person, group_id: int) -> AccessGroup | None:
    """One of the person's access groups, held as it is now until this transaction ends."""
    if group_id not in {group.id for group in access_groups_of(session, person)}:
        return None
    # On PostgreSQL whoever changes or removes the group waits; SQLite has one writer anyway.
    held = select(AccessGroup).where(AccessGroup.id == group_id).with_for_update(read=True)
    group = session.exec(held, execution_options=FRESH).first()
    return group if group and group.admits(person) else None
