"""What happens to an error nobody foresaw: it is logged without its data, and the person reads one sentence."""

from reflex.event import EventSpec

from caseupdates.interface import log
from caseupdates.interface.state import Frame


def say_sorry(exception: Exception) -> EventSpec | None:
    """Reflex calls this with what a handler raised."""
    log.note(exception)
    return Frame.apologise()  # type: ignore[operator]
