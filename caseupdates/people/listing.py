"""The list of people, and one of them, for whoever manages settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import contains_eager
from sqlmodel import Session, col, func, or_, select

from caseupdates.people.access import require_settings
from caseupdates.people.models import Client, EmailAlias, Person, PersonKind
from caseupdates.refusals import NotFound

PAGE = 50  # rows of the list before "Show more"


class Who(StrEnum):
    EVERYBODY = "everybody"
    EMPLOYEES = "employees"
    CONTACTS = "contacts"


@dataclass(frozen=True)
class Filter:
    text: str = ""
    who: Who = Who.EVERYBODY
    is_archived: bool = False


def search(session: Session, wanted: Filter, *, by: Person, limit: int = PAGE) -> Sequence[Person]:
    """The people whose name, address, alias or client has every word, by name."""
    require_settings(by)
    found = select(Person).outerjoin(Client).options(contains_eager(Person.client))  # type: ignore[arg-type]
    archived = col(Person.archived_at)
    found = found.where(archived.is_not(None) if wanted.is_archived else archived.is_(None))
    if wanted.who is not Who.EVERYBODY:
        is_employee = col(Person.kind) == PersonKind.EMPLOYEE
        found = found.where(is_employee if wanted.who is Who.EMPLOYEES else ~is_employee)
    for word in wanted.text.split():
        alias = select(EmailAlias.person_id).where(col(EmailAlias.address).icontains(word, autoescape=True))
        columns = (col(Person.name), col(Person.email), col(Client.name))
        matches = (column.icontains(word, autoescape=True) for column in columns)
        found = found.where(or_(col(Person.id).in_(alias), *matches))
    return session.exec(found.order_by(func.lower(Person.name), col(Person.id)).limit(limit)).all()


def person_numbered(session: Session, person_id: int, *, by: Person) -> Person:
    """One person, as they are now; raise NotFound."""
    require_settings(by)
    found = session.get(Person, person_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found
