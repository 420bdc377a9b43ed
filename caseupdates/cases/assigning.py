"""Put people on a case, move them between its groups, take them off it again."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select, update

from caseupdates import bell, clock
from caseupdates.cases.access import case_to_arrange, cases_of, hold, may_arrange
from caseupdates.cases.groups import NotAssignable, require_fit
from caseupdates.cases.listing import assignments
from caseupdates.cases.models import Assignment, Case, Group
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.notifications.notify import notify
from caseupdates.people.models import Kind, Person
from caseupdates.refusals import Invalid, NotFound, NotPermitted


class Place(NamedTuple):
    """Whom to assign, and in what capacity."""

    person_id: int
    group: Group
    is_primary: bool = False


def assign(session: Session, number: str, places: Sequence[Place], *, by: Person) -> list[Assignment]:
    """Assign people, and tell them; those who are in the group already stay as they are and are left out.

    Raise NotAssignable, Invalid, NotFound or NotPermitted: all are assigned, or nobody.
    """
    case = hold(session, case_to_arrange(session, number, by=by))
    if not places:
        raise Invalid("Choose at least one person.")
    people, there = _people(session, places), {(each.person_id, each.group) for each in assignments(session, case)}
    for place in places:
        require_fit(people.get(place.person_id), place.group, case)
    new = [_begin(session, case, place, by=by) for place in dict.fromkeys(places) if (place[0], place[1]) not in there]
    _tell(session, case, new, by=by)
    bell.ring(session, bell.case(case.id), bell.CASES)
    return new


def move(session: Session, assignment_id: int, group: Group, *, by: Person) -> Assignment:
    """Let somebody be on the case in another capacity; raise NotAssignable, NotFound, NotPermitted."""
    found, case = _held(session, assignment_id, by=by)
    if group is found.group:
        return found
    require_fit(found.person, group, case)
    if any((each.person_id, each.group) == (found.person_id, group) for each in assignments(session, case)):
        raise NotAssignable(found.person, f"they are on this case as {group} already")
    about = f"{found.person.name} · {found.group} → {group}"
    found.group, found.is_primary = group, False
    _changed(session, case, "group changed", about, by=by)
    return found


def make_primary(session: Session, assignment_id: int, *, by: Person) -> Assignment:
    """Make somebody the primary of their group on the case, instead of whoever was; raise NotFound, NotPermitted."""
    found, case = _held(session, assignment_id, by=by)
    if not found.is_primary:
        _be_primary(session, found)
        _changed(session, case, "primary chosen", f"{found.person.name} · {found.group}", by=by)
    return found


def end(session: Session, assignment_id: int, *, by: Person) -> Assignment:
    """Take somebody off a case; raise NotFound, NotPermitted. The links that end with it: links.endings."""
    found, case = _held(session, assignment_id, by=by)
    found.ended_at = clock.now()
    session.add(found)
    session.flush()
    _changed(session, case, "person removed", f"{found.person.name} · {found.group}", by=by)
    return found


def assignment_to_arrange(session: Session, assignment_id: int, *, by: Person) -> Assignment:
    """An assignment that this person may change; raise NotFound alike for none, ended and not theirs, or NotPermitted."""
    cases = cases_of(by).with_only_columns(col(Case.id))
    live = select(Assignment).where(col(Assignment.case_id).in_(cases), col(Assignment.ended_at).is_(None))
    found = session.exec(live.where(Assignment.id == assignment_id)).first()
    if found is None:
        raise NotFound
    if not may_arrange(by):
        raise NotPermitted
    return found


def _held(session: Session, assignment_id: int, *, by: Person) -> tuple[Assignment, Case]:
    """The assignment as it is now, nobody else changing who is on its case."""
    found = assignment_to_arrange(session, assignment_id, by=by)
    case = hold(session, session.get_one(Case, found.case_id))
    session.refresh(found)
    if found.ended_at:
        raise NotFound
    return found, case


def _people(session: Session, places: Iterable[Place]) -> dict[int, Person]:
    chosen = session.exec(select(Person).where(col(Person.id).in_({each.person_id for each in places})))
    return {person.id: person for person in chosen}


def _begin(session: Session, case: Case, place: Place, *, by: Person) -> Assignment:
    new = Assignment(case_id=case.id, person_id=place.person_id, group=place.group, assigned_at=clock.now())
    session.add(new)
    session.flush()
    if place.is_primary:
        _be_primary(session, new)
    record(session, Area.CASES, "person assigned", by=by, case_id=case.id, about=f"{new.person.name} · {new.group}")
    return new


def _be_primary(session: Session, chosen: Assignment) -> None:
    same = (col(Assignment.case_id) == chosen.case_id) & (col(Assignment.group) == chosen.group)
    session.exec(update(Assignment).where(same, col(Assignment.is_primary)).values(is_primary=False))
    chosen.is_primary = True
    session.add(chosen)
    session.flush()


def _changed(session: Session, case: Case, what: str, about: str, *, by: Person) -> None:
    session.flush()
    record(session, Area.CASES, what, by=by, case_id=case.id, about=about)
    bell.ring(session, bell.case(case.id), bell.CASES)


def _tell(session: Session, case: Case, new: Sequence[Assignment], *, by: Person) -> None:
    """A notification for each but oneself; an email only for those who can sign in and look."""
    ways = {(each.group, each.person.can_sign_in) for each in new}
    for group, can_look in sorted(ways):
        chosen = [each.person for each in new if (each.group, each.person.can_sign_in) == (group, can_look)]
        told, title = [each for each in chosen if each.id != by.id], f"You were assigned to {case.number} as {group}"
        notify(session, told, Kind.ASSIGNED, title, case.title, path=case.path, actor=by, by_mail=can_look)
