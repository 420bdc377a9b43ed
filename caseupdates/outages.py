"""Outages: what a person is told when the database cannot."""

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from caseupdates.refusals import Refusal


class Outage(Refusal):
    """Made of an error the database raised; the verb that met it left nothing half written."""

    status = 503


class DiskFull(Outage):
    status = 507

    def __str__(self) -> str:
        return "The server's disk is full. Nothing was changed; please tell your administrator."


class NotWritable(Outage):
    def __str__(self) -> str:
        return "The database cannot be written to at the moment. Nothing was changed; please tell your administrator."


class Busy(Outage):
    def __str__(self) -> str:
        return "The database is busy at the moment. Nothing was changed; please try again."


class Away(Outage):
    """It may have kept what was being committed as it went."""

    def __str__(self) -> str:
        return "The database does not answer at the moment. When it does, look whether your change is there."


KINDS: dict[str, type[Outage]] = {kind.__name__: kind for kind in (DiskFull, NotWritable, Busy, Away)}

# How the names and codes begin: sqlite.org/rescode.html; PostgreSQL's documentation, Appendix A.
_SAID: dict[type[Outage], tuple[str, ...]] = {
    DiskFull: ("SQLITE_FULL", "53100"),
    NotWritable: ("SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_PERM", "25006"),
    Busy: ("SQLITE_BUSY", "SQLITE_LOCKED", "40001", "40P01", "53300", "55P03"),
    Away: ("SQLITE_CANTOPEN", "08", "57P", "58"),
}
_NOT_REACHED = "08"  # PostgreSQL's driver has no code for it, but calls it operational


def outage(error: Exception) -> Outage | None:
    """What is wrong with the database, if that is what an error says."""
    if isinstance(error, NoConnectionFree):
        return Busy()
    if not isinstance(error, DBAPIError):
        return None
    if error.connection_invalidated:
        return Away()
    without_code = _NOT_REACHED if isinstance(error, OperationalError) else ""
    said = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or without_code
    return next((kind() for kind, words in _SAID.items() if said.startswith(words)), None)
