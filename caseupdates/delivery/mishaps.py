"""Mishaps: what nobody foresaw goes into the log and stops nothing else."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

logger = logging.getLogger(__name__)


def log(what: str, error: Exception) -> None:
    # Where it happened, not what it said: an error's own text may hold addresses, payloads and keys.
    logger.error("%s: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))


@contextmanager
def harmless(what: str, session: Session) -> Iterator[None]:
    """A notification that fails must not cost the fact."""
    try:
        with session.begin_nested():
            yield
    except Exception as error:
        log(what, error)
