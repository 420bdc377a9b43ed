"""Ways to break the database for a while, each undone at the end of its block."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from caseupdates.database import engine
from caseupdates.outages import Away, Busy, DiskFull, NotWritable, Outage
from caseupdates.settings import settings

Breaking = Callable[[pytest.Config], AbstractContextManager[None]]


@contextmanager
def no_larger(_config: pytest.Config) -> Iterator[None]:
    """SQLite may not take another page: as on a full disk."""
    with engine().connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("VACUUM")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    with _each_connection(f"PRAGMA max_page_count={pages}"):
        yield


@contextmanager
def no_bytes(_config: pytest.Config) -> Iterator[None]:
    """The disk takes not one byte from this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def only_reading(_config: pytest.Config) -> Iterator[None]:
    with _each_connection("PRAGMA query_only=ON"):
        yield


@contextmanager
def locked(_config: pytest.Config) -> Iterator[None]:
    """Another program, a backup perhaps, has the database to itself for longer than we wait."""
    other = sqlite3.connect(_file(), isolation_level=None)
    with _each_connection("PRAGMA busy_timeout=50"):
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()


@contextmanager
def _each_connection(pragma: str) -> Iterator[None]:
    def prepare(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(pragma)

    event.listen(engine(), "checkout", prepare)
    try:
        yield
    finally:
        event.remove(engine(), "checkout", prepare)
        engine().dispose()  # what was said to a connection stays with it


@contextmanager
def says_full(_config: pytest.Config) -> Iterator[None]:
    """PostgreSQL answers what it answers when its disk is full."""
    tables = ("message", "batch", "provider", "rate_limit")
    with _asking() as server:
        server.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END$$"
        )
        for each in tables:
            server.execute(f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {each} EXECUTE FUNCTION no_room()")
    try:
        yield
    finally:
        with _asking() as server:
            server.execute("DROP FUNCTION no_room CASCADE")


@contextmanager
def stand_by(_config: pytest.Config) -> Iterator[None]:
    """PostgreSQL takes no changes, as a stand-by does."""
    with _asking() as server:
        name = server.info.dbname
        server.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        _hang_up(server)
    try:
        yield
    finally:
        with _asking() as server:
            server.execute("SET default_transaction_read_only = off")
            server.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
            _hang_up(server)


@contextmanager
def gone(config: pytest.Config) -> Iterator[None]:
    """PostgreSQL is stopped, and started again."""
    server = config.stash["postgresql"]
    server.stop()
    try:
        yield
    finally:
        server.ensure_postgres_running()


def _asking() -> psycopg.Connection:
    return psycopg.connect(settings().database_url.replace("+psycopg", ""), autocommit=True)


def _hang_up(server: psycopg.Connection) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
        [server.info.dbname],
    )


def _file() -> Path:
    return Path(settings().database_url.removeprefix("sqlite:///"))


ON_SQLITE: dict[Breaking, type[Outage]] = {
    no_larger: DiskFull, no_bytes: NotWritable, only_reading: NotWritable, locked: Busy,
}  # fmt: skip
ON_POSTGRESQL: dict[Breaking, type[Outage]] = {says_full: DiskFull, stand_by: NotWritable, gone: Away}
