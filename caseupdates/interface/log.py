"""What is logged of an error: what kind and where, never with which values, for they are people's private lives."""

import logging
import traceback
from typing import Any

TELL_TOO_MUCH = ("reflex", "socketio", "engineio", "asyncio")  # loggers that quote what a browser sent, its cookie too

logger = logging.getLogger("caseupdates")


def note(error: BaseException) -> None:
    """One line: the kind of error and the place it came from."""
    logger.error(_place(error))


def keep_values_out() -> None:
    """From now on nobody in this process logs more: libraries quote events, headers and SQL parameters in theirs."""
    logging.setLogRecordFactory(_without_values)


def _without_values(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    if record.exc_info and (error := record.exc_info[1]):
        record.msg, record.args, record.exc_info = _place(error), (), None
    elif record.name.startswith(TELL_TOO_MUCH) and record.levelno >= logging.WARNING:
        record.msg, record.args = f"{record.name}: {record.funcName}, line {record.lineno}", ()
    return record


def _place(error: BaseException) -> str:
    place = (traceback.extract_tb(error.__traceback__) or [traceback.FrameSummary("", 0, "nowhere")])[-1]
    return f"{type(error).__name__} in {place.name}, line {place.lineno}"
