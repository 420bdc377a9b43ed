"""The only clock: everything that asks for the time asks here, so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo


def _system() -> datetime:
    return datetime.now(UTC)


source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return source()


@lru_cache
def zone_named(name: str) -> tzinfo:
    """The zone of this name ("Europe/London"); UTC where none has it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown names, paths, folders
        return UTC
