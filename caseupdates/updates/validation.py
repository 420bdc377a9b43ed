"""Validate an update: the act that makes it fit to be sent."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from caseupdates import bell, clock
from caseupdates.cases.access import require
from caseupdates.cases.models import Assignment
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.models import AccessLevel, Permission, Person, PersonKind, RolePermission
from caseupdates.refusals import Refusal
from caseupdates.updates.feed import update_shown
from caseupdates.updates.models import Revision


class AlreadyValidated(Refusal):
    status = 409

    def __init__(self, revision: Revision) -> None:
        super().__init__(revision.id)
        self.revision = revision

    def __str__(self) -> str:
        validator = self.revision.validated_by
        if validator is None:
            return "This update needed no validation: it was validated as it was saved."
        return f"{validator.name} has already validated this update."


class NotTheNewest(Refusal):
    status = 409

    def __str__(self) -> str:
        return "This update has changed since you read it. Read the new text, then validate it."


def validate(session: Session, update_id: int, *, seen: int, by: Person) -> Revision:
    """Authorise the revision whose number the validator has `seen`; raise AlreadyValidated, NotTheNewest, NotPermitted."""
    found = update_shown(session, update_id, by=by)
    require(session, by, Permission.VALIDATE_UPDATES, found.update.case)
    revision = _locked(session, found)
    if revision.is_validated:
        raise AlreadyValidated(revision)
    if revision.number != seen:
        raise NotTheNewest
    revision.validated_at, revision.validated_by_id = clock.now(), by.id
    session.add(revision)
    session.flush()
    session.refresh(revision)
    case = revision.update.case
    record(session, Area.UPDATES, "update validated", by=by, case_id=case.id, about=revision.title)
    bell.ring(session, bell.case(case.id), bell.CASES)
    return revision


def _locked(session: Session, revision: Revision) -> Revision:
    """Read it again under a lock: on PostgreSQL a second validator waits here; SQLite has one writer anyway."""
    session.refresh(revision, with_for_update={"of": Revision})
    return revision


def validators_of(session: Session, revision: Revision) -> Sequence[Person]:
    """Who should validate: those on the case who may and see its access group, else everybody who could."""
    case_id = revision.update.case_id
    entitled = select(RolePermission.role_id).where(RolePermission.permission == Permission.VALIDATE_UPDATES)
    people = session.exec(
        select(Person).where(
            col(Person.role_id).in_(entitled), Person.kind == PersonKind.EMPLOYEE, col(Person.archived_at).is_(None)
        )
    ).all()
    able = [person for person in people if person.is_active and revision.access_group.admits(person)]
    on_case = select(Assignment.person_id).where(Assignment.case_id == case_id, col(Assignment.ended_at).is_(None))
    assigned = set(session.exec(on_case))
    return [each for each in able if each.id in assigned] or [
        each for each in able if each.access_level is AccessLevel.FULL
    ]
