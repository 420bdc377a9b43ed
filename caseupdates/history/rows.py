"""Display records of history, and how a case's and the firm's are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from urllib.parse import urlencode

from sqlmodel import Session

from caseupdates.cases.access import case_numbered
from caseupdates.history import listing
from caseupdates.history.listing import Line, Wanted
from caseupdates.history.models import Area, Event
from caseupdates.interface.show import Face, face
from caseupdates.interface.when import exactly, said
from caseupdates.people.models import Person


@dataclass
class HistoryRow:
    id: int = 0
    who: Face = field(default_factory=Face)
    what: str = ""
    about: str = ""
    case: str = ""  # its number, where the page is not about it
    when: str = ""  # "today 06:41"
    exact: str = ""  # "23 November 2026, 06:41:07"
    where: str = ""  # the network address; empty for what the product did by itself


def lines_of_case(session: Session, number: str, wanted: Wanted, *, by: Person, limit: int) -> Sequence[Line]:
    """A case's lines, the case looked up for the person; raise NotFound, NotPermitted."""
    return listing.of_case(session, case_numbered(session, number, by=by).id, wanted, by=by, limit=limit)


def case_rows(
    session: Session, number: str, wanted: Wanted, limit: int, zone: tzinfo, *, by: Person
) -> list[HistoryRow]:
    return [history_row(each.event, "", zone) for each in lines_of_case(session, number, wanted, by=by, limit=limit)]


def firm_rows(session: Session, wanted: Wanted, limit: int, zone: tzinfo, *, by: Person) -> list[HistoryRow]:
    return [history_row(*each, zone) for each in listing.of_firm(session, wanted, by=by, limit=limit)]


def history_row(event: Event, number: str, zone: tzinfo) -> HistoryRow:
    return HistoryRow(
        event.id, face(event.person), event.what, event.about, number, said(event.at, zone), exactly(event.at, zone),
        event.network,
    )  # fmt: skip


def query(wanted: Wanted) -> str:
    """What is wanted, as it stands in the address of the download; empty where that is all."""
    chosen = {"search": wanted.words, "kind": str(wanted.area or "")}
    given = {name: value for name, value in chosen.items() if value}
    return f"?{urlencode(given)}" if given else ""


def wanted_of(words: str, kind: str) -> Wanted:
    """What a page's search and chosen kind mean; a kind that is none means all."""
    return Wanted(words, next((each for each in Area if each == kind), None))
