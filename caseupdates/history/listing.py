"""Read history: of a case, or of the whole firm; searched, filtered, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import column, table
from sqlmodel import Session, col, or_, select

from caseupdates.history.models import Area, Event
from caseupdates.people.access import require_settings
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotPermitted

PAGE = 50  # lines before "Show more"
MOST_WORDS = 10  # of a search; each is looked for in every line
CASES = table("cases", column("id"), column("number"))  # a later room's: only its number, to name a case by


@dataclass(frozen=True)
class Wanted:
    """Which lines: all of these words in what, about, who or the case's number; of one area; older than a line."""

    words: str = ""
    area: Area | None = None
    before: int | None = None  # the id of a line


class Line(NamedTuple):
    event: Event
    case_number: str  # empty where it is about no case


def of_case(session: Session, case_id: int, wanted: Wanted, *, by: Person, limit: int = PAGE) -> Sequence[Line]:
    """The lines of a case that the caller has looked up for this person. Raise NotPermitted.

    Contacts never read it, whatever their role: it names updates that they may not see.
    """
    if not by.is_employee or not by.may(Permission.VIEW_HISTORY):
        raise NotPermitted
    return _lines(session, wanted, limit, col(Event.case_id) == case_id)


def of_firm(session: Session, wanted: Wanted, *, by: Person, limit: int = PAGE) -> Sequence[Line]:
    """All lines there are, for whoever manages settings; raise NotPermitted."""
    require_settings(by)
    return _lines(session, wanted, limit)


def _lines(session: Session, wanted: Wanted, limit: int, *which: Any) -> Sequence[Line]:
    """One query, whatever is asked; it walks from the newest line and stops at the limit."""
    lines = select(Event, CASES.c.number).outerjoin(CASES, CASES.c.id == col(Event.case_id)).where(*which)
    if wanted.area:
        lines = lines.where(col(Event.area) == wanted.area)
    if wanted.before is not None:
        lines = lines.where(col(Event.id) < wanted.before)
    for word in wanted.words.split()[:MOST_WORDS]:
        lines = lines.where(_has(word))
    found = session.exec(lines.order_by(col(Event.id).desc()).limit(limit))
    return [Line(event, number or "") for event, number in found]


def _has(word: str) -> Any:
    """Is the word in the line? People and cases are few, and looked through once, not for each line."""
    people = select(Person.id).where(col(Person.name).icontains(word, autoescape=True))
    cases = select(CASES.c.id).where(CASES.c.number.icontains(word, autoescape=True))
    return or_(
        (col(Event.what) + " " + col(Event.about)).icontains(word, autoescape=True),
        col(Event.person_id).in_(people),
        col(Event.case_id).in_(cases),
    )
