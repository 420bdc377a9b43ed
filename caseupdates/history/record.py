"""Write down what happened."""

from contextvars import ContextVar

from sqlmodel import Session

from caseupdates import clock
from caseupdates.history.models import Area, Event
from caseupdates.people.models import Person

network: ContextVar[str] = ContextVar("network", default="")  # whence the present call comes; interface/ says it


def record(
    session: Session, area: Area, what: str, *, by: Person | None, case_id: int | None = None, about: str = ""
) -> Event:
    """Append one line in the transaction that does the thing: "update validated", about its title."""
    event = Event(
        at=clock.now(), area=area, what=what, person_id=by.id if by else None, case_id=case_id, about=about,
        network=network.get(),
    )  # fmt: skip
    session.add(event)
    return event
