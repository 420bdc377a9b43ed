"""What ends links by itself: a case that closes, a person who is taken off it. Open windows on them look at once."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from caseupdates import bell
from caseupdates.cases import assigning, opening
from caseupdates.cases.access import case_to_arrange
from caseupdates.cases.assigning import assignment_to_arrange
from caseupdates.cases.listing import assignments
from caseupdates.cases.models import Assignment, Case
from caseupdates.links.access import all_refused
from caseupdates.links.models import Link
from caseupdates.people.models import AccessLevel, Person
from caseupdates.updates.models import Revision, Update


class Loss(NamedTuple):
    """What somebody loses who is taken off a case."""

    person: Person
    links: int  # that end
    is_on_it_still: bool  # in another group
    loses_sight: bool  # of the case


def close(session: Session, number: str, *, by: Person) -> Case:
    """Close a case, and with it the links that were to last until then; raise NotFound, NotPermitted."""
    closed = opening.close(session, number, by=by)
    _look_again(session, _until_closed(session, closed.id))
    return closed


def reopen(session: Session, number: str, *, by: Person) -> Case:
    """Open a case again: those links lead somewhere again."""
    opened = opening.reopen(session, number, by=by)
    _look_again(session, _until_closed(session, opened.id))
    return opened


def remove(session: Session, assignment_id: int, *, by: Person) -> Assignment:
    """Take somebody off a case, and with it the links they have as one assigned to it; raise NotFound, NotPermitted."""
    ended = assigning.end(session, assignment_id, by=by)
    _look_again(session, _while_assigned(session, ended))
    return ended


def ended_by_closing(session: Session, number: str, *, by: Person) -> int:
    """How many links that lead somewhere now would not if the case were closed."""
    return _alive(session, _until_closed(session, case_to_arrange(session, number, by=by).id))


def loss(session: Session, assignment_id: int, *, by: Person) -> Loss:
    """What somebody would lose without this assignment: nothing while they have another. Raise NotFound, NotPermitted."""
    found = assignment_to_arrange(session, assignment_id, by=by)
    person, on_case = found.person, assignments(session, session.get_one(Case, found.case_id))
    is_on_it_still = any(each.person_id == person.id and each.id != found.id for each in on_case)
    if is_on_it_still:
        return Loss(person, 0, is_on_it_still=True, loses_sight=False)
    sees_all = person.is_employee and person.access_level is AccessLevel.FULL
    return Loss(
        person, _alive(session, _while_assigned(session, found)), is_on_it_still=False, loses_sight=not sees_all
    )


def _alive(session: Session, links: Sequence[Link]) -> int:
    return len(links) - len(all_refused(session, links))


def _look_again(session: Session, links: Sequence[Link]) -> None:
    bell.ring(session, *(bell.link(each.id) for each in links))


def _until_closed(session: Session, case_id: int) -> Sequence[Link]:
    of_case = select(Link).join(Revision).join(Update).where(Update.case_id == case_id)
    return session.exec(of_case.where(col(Link.expires_at).is_(None), col(Link.revoked_at).is_(None))).all()


def _while_assigned(session: Session, assignment: Assignment) -> Sequence[Link]:
    theirs = select(Link).where(Link.person_id == assignment.person_id, col(Link.needs_assignment))
    on_case = theirs.join(Revision).join(Update).where(Update.case_id == assignment.case_id)
    return session.exec(on_case.where(col(Link.revoked_at).is_(None))).all()
