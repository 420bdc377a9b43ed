"""What happens to an error nobody foresaw: it is logged without its data, and the person reads one sentence."""

from reflex.event import EventSpec

from caseupdates.interface import log
from caseupdates.interface.state import Frame
from caseupdates.outages import outage


def say_sorry(exception: Exception) -> EventSpec | None:
    """Reflex calls this with what a handler raised."""
    log.note(exception)
    found = outage(exception)
    return Frame.apologise(type(found).__name__ if found else "")  # type: ignore[operator]
