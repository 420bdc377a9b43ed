"""What happens to an error nobody foresaw: it is logged without its data, and the person reads one sentence."""

import logging
import traceback
from typing import Any

import reflex as rx

logger = logging.getLogger("caseupdates")


def say_sorry(error: Exception) -> Any:
    """Log where it happened, never with which values: they are people's private lives."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("%s in %s, line %s", type(error).__name__, place.name, place.lineno)
    return rx.toast.error("Something went wrong on our side. Nothing was changed; please try again.")
