"""Numbers of cases: what one may be, and which comes next."""

import re

from sqlmodel import Session, col, func, select

from caseupdates.cases.models import Case
from caseupdates.database import take_turns
from caseupdates.history.models import Area, Event
from caseupdates.refusals import Invalid, Refusal

LENGTH = 40
MISREAD = frozenset("/\\?#%")  # an address takes them for something else
SENT_UNDER_IT = (Area.UPDATES, Area.SENDING, Area.FILES)
FIRST = "0000"  # the number before the first of a year; its length is how long they are


class NumberTaken(Refusal):
    status = 409

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"There is a case with the number {self.number} already. Choose another number."


class NumberStays(Refusal):
    status = 409

    def __str__(self) -> str:
        return "The number of this case stays: updates, files or mails have its address."


def checked(session: Session, number: str, *, instead_of: Case | None = None) -> str:
    """A number as it is kept; raise Invalid, or NumberTaken where another case has it, whatever the case of its letters.

    `instead_of` is a case that gets it instead of its own; raise NumberStays where that is known by its own.
    """
    if instead_of and _is_known_by_its_number(session, instead_of):
        raise NumberStays
    number = number.strip()
    if not any(each.isalnum() for each in number):
        raise Invalid("Please give the case a number.")
    if len(number) > LENGTH:
        raise Invalid(f"A case number has at most {LENGTH} characters.")
    if not number.isprintable() or MISREAD & set(number):
        raise Invalid(f"A case number has letters, digits, blanks and dashes, but none of {' '.join(sorted(MISREAD))}")
    take_turns(session, "number a case")
    same = select(Case.number).where(
        func.lower(Case.number) == func.lower(number), col(Case.id) != (instead_of.id if instead_of else 0)
    )
    if session.exec(same).first() is not None:
        raise NumberTaken(number)
    return number


def suggested(session: Session, year: int) -> str:
    """ "2026-0152": the one after the highest of the year."""
    of_year = select(Case.number).where(col(Case.number).startswith(f"{year}-"))
    counted = [found[1] for each in session.exec(of_year) if (found := re.fullmatch(r"[0-9]{4,}-([0-9]{1,9})", each))]
    highest = max(counted, key=int, default=FIRST)
    return f"{year}-{int(highest) + 1:0{len(highest)}}"


def _is_known_by_its_number(session: Session, case: Case) -> bool:
    """Have addresses with its number gone out, beyond those of notifications, which can be changed?"""
    events = select(Event.id).where(Event.case_id == case.id, col(Event.area).in_(SENT_UNDER_IT))
    return session.exec(events.limit(1)).first() is not None
