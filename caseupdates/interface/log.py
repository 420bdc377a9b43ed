"""What is logged of an error: what kind and where, never with which values, for they are people's private lives."""

import logging
import traceback

logger = logging.getLogger("caseupdates")


def note(error: BaseException) -> None:
    """One line: the kind of error and the place it came from."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("%s in %s, line %s", type(error).__name__, place.name, place.lineno)
