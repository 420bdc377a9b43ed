"""The database: SQLite by default, PostgreSQL when the firm outgrows it; short transactions in threads."""

import asyncio
import functools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar

import anyio.to_thread
from sqlalchemy import Engine, MetaData, String, TypeDecorator, create_engine, event, func, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlmodel import Session, SQLModel

from caseupdates import bell
from caseupdates.settings import settings

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 10  # seconds that a writer waits for another
FRESH = {"populate_existing": True}  # execution option: what a session knows may be older than a lock

_writers = threading.Lock()
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class Word(TypeDecorator[StrEnum]):
    """One of a StrEnum's words, stored as its text."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.words(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


class pairs(GenericFunction[Any]):
    """A table of texts, `key` and `value`, from a flat JSON object: one parameter, where each row would have its own."""

    inherit_cache = True


@compiles(pairs)
def _in_sqlite(called: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(called.clauses, **options)})"


@compiles(pairs, "postgresql")
def _in_postgresql(called: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each_text(CAST({compiler.process(called.clauses, **options)} AS json))"


def connect(url: str) -> Engine:
    """An engine for SQLite (WAL, full sync, foreign keys, 10 s of patience) or PostgreSQL."""
    if not url.startswith("sqlite"):
        patient = {"connect_timeout": PATIENCE}  # a host that swallows packets would hold threads for minutes
        return create_engine(url, connect_args=patient, pool_pre_ping=True, pool_size=10, max_overflow=30)
    engine = create_engine(
        url, connect_args={"check_same_thread": False, "timeout": PATIENCE}, pool_size=20, max_overflow=20
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@functools.cache
def engine() -> Engine:
    """The installation's engine, made once."""
    return connect(settings().database_url)


@contextmanager
def reading() -> Iterator[Session]:
    """A transaction that only looks; writers do not wait for it."""
    with Session(engine(), expire_on_commit=False) as session:
        yield session  # closing lets go of what was read before it rolls back: that outlives the transaction


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction that writes: commits at the end or leaves nothing, then rings the bell."""
    options = {"begin_immediate": True}
    with _in_turn(), Session(engine().execution_options(**options), expire_on_commit=False) as session:
        yield session
        session.commit()
        bell.sound(session.info.pop("rings", ()))


@contextmanager
def _in_turn() -> Iterator[None]:
    """SQLite has one writer: who waits here goes on at once, who waits there sleeps and looks again."""
    has_turn = engine().dialect.name == "sqlite" and _writers.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if has_turn:
            _writers.release()


async def read(verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a verb that only looks, in a thread, so that the event loop goes on."""

    def work() -> T:
        with reading() as session:
            return verb(session, *args, **kwargs)

    return await _in_thread(work)


async def write(verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a verb that writes, in a thread and a transaction of its own."""

    def work() -> T:
        with writing() as session:
            return verb(session, *args, **kwargs)

    return await _in_thread(work)


async def _in_thread(work: Callable[[], T]) -> T:
    """Who is cancelled waits for the end of the transaction: none goes on that nobody waits for."""
    working = asyncio.ensure_future(anyio.to_thread.run_sync(work))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.gather(working, return_exceptions=True)
        raise


def take_turns(session: Session, what: str) -> None:
    """Of those who do this at the same moment each waits until the one before has committed, where no row decides.

    PostgreSQL's lock ends with the transaction; SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the begin event below starts transactions, not the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
    # SQLite's own lower() knows only ASCII: "łódź" would not find "Łódź".
    connection.create_function("lower", 1, lambda text: text and text.lower(), deterministic=True)


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns from reading to writing can fail at once; a writer takes the lock first.
    immediate = connection.get_execution_options().get("begin_immediate")
    begin = "BEGIN IMMEDIATE" if immediate else "BEGIN"
    try:
        # Past SQLAlchemy's own execution, which costs more than the statement: every file waits for it.
        connection.connection.cursor().execute(begin)
    except sqlite3.OperationalError as error:  # locked or read-only: to be known by the name all others come under
        raise OperationalError(begin, None, error) from error
