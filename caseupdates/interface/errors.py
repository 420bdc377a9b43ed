"""What happens to an error nobody foresaw: it is logged without its data, and the person reads one sentence."""

import logging
import traceback

from reflex.event import EventSpec

from caseupdates.interface.state import Frame

logger = logging.getLogger("caseupdates")


def say_sorry(exception: Exception) -> EventSpec | None:
    """Log where it happened, never with which values: they are people's private lives."""
    place = traceback.extract_tb(exception.__traceback__)[-1]
    logger.error("%s in %s, line %s", type(exception).__name__, place.name, place.lineno)
    return Frame.apologise()  # type: ignore[operator]
