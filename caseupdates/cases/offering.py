"""Whom a case offers to assign: employees, contacts of its client, affiliates and vendors."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, case, col, or_, select

from caseupdates.cases.access import case_to_arrange
from caseupdates.cases.groups import groups_for
from caseupdates.cases.listing import assignments
from caseupdates.cases.models import Group
from caseupdates.people.models import AccessLevel, Client, Person, PersonKind, Role

PAGE = 50  # people before one has to search
IN_ORDER = {PersonKind.CLIENT_CONTACT: 0, PersonKind.EMPLOYEE: 1}  # affiliates and vendors last


class Offered(NamedTuple):
    """Somebody who can be assigned, and in which groups they are not yet."""

    person: Person
    groups: tuple[Group, ...]
    already: tuple[Group, ...]


def offered(session: Session, number: str, text: str = "", *, by: Person, limit: int = PAGE) -> Sequence[Offered]:
    """Active people with every word in name, email, company or role, who are not in every group that fits them.

    Raise NotFound, NotPermitted.
    """
    on = case_to_arrange(session, number, by=by)
    there: dict[int, list[Group]] = {}
    everywhere: set[int] = set()
    for each in assignments(session, on):
        there.setdefault(each.person_id, []).append(each.group)
        if set(groups_for(each.person)) <= set(there[each.person_id]):
            everywhere.add(each.person_id)
    found = (
        select(Person)
        .join(Role)
        .outerjoin(Client, col(Client.id) == Person.client_id)
        .where(col(Person.archived_at).is_(None), col(Person.access_level) != AccessLevel.DISABLED)
        .where(or_(col(Person.kind) != PersonKind.CLIENT_CONTACT, col(Person.client_id) == on.client_id))
        .where(col(Person.id).not_in(everywhere))
    )
    for word in text.split():
        columns = (col(Person.name), col(Person.email), col(Client.name), col(Role.name))
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    order = case(IN_ORDER, value=col(Person.kind), else_=2)
    people = session.exec(found.order_by(order, Person.name, col(Person.id)).limit(limit)).all()
    return [_offered(person, there.get(person.id, [])) for person in people]


def _offered(person: Person, already: Sequence[Group]) -> Offered:
    return Offered(person, tuple(each for each in groups_for(person) if each not in already), tuple(already))
