"""Display records of what waits on a case after sending."""

from dataclasses import dataclass

from sqlmodel import Session

from caseupdates.people.models import Person
from caseupdates.sending import waiting
from caseupdates.sending.waiting import Waiting


@dataclass
class WaitingRow:
    """An update of the case whose recipients somebody should look at."""

    title: str = ""
    path: str = ""
    people: int = 0


def waiting_rows(session: Session, number: str, *, by: Person) -> tuple[list[WaitingRow], list[WaitingRow]]:
    """Not yet opened, and links ending this week."""
    first, second = waiting.not_opened(session, number, by=by), waiting.ending(session, number, by=by)
    return [_waiting_row(each, number) for each in first], [_waiting_row(each, number) for each in second]


def _waiting_row(found: Waiting, number: str) -> WaitingRow:
    return WaitingRow(found.title, f"/cases/{number}/updates/{found.update_id}?show=recipients", found.people)
