"""Messages of long ago, written by the database itself; only within an installation."""

import time
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, cast, func, insert, literal, select, text
from sqlmodel import Session, SQLModel, col

from tests.bench.delivering.mails import BATCH

STEP = 10_000  # messages that share their moments
BODY = 400  # characters: a million of them are to fit on a disk


def accepted(count: int) -> float:
    """So many messages in full batches, accepted and delivered; the seconds it took."""
    from caseupdates import clock
    from caseupdates.database import engine, writing

    start = time.perf_counter()
    for first in range(0, count, STEP):
        with writing() as session:
            _accepted(session, min(STEP, count - first), clock.now() - timedelta(days=400) + timedelta(seconds=first))
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))  # PostgreSQL would do so by itself a minute later
    return time.perf_counter() - start


def held(count: int) -> None:
    """So many open messages that are due tomorrow."""
    from caseupdates import clock
    from caseupdates.database import writing

    with writing() as session:
        _write(session, _numbers(count), clock.now(), due_at=clock.now() + timedelta(days=1))


def _accepted(session: Session, count: int, at: datetime) -> None:
    from caseupdates.delivery.models import Batch

    if _is_postgresql(session):
        session.execute(text("SET LOCAL session_replication_role = replica"))  # references need not be checked
    number = _numbers(count // BATCH)
    _insert(session, Batch, number, key=_random(session), created_at=at, attempted_at=at, lease=1)
    first = session.execute(select(func.min(Batch.id)).where(col(Batch.attempted_at) == at)).scalar_one()
    number = _numbers(count)
    _write(
        session, number, at, due_at=None, batch_id=first + (number.c.i - 1) // BATCH, attempts=1, first_attempt_at=at,
        accepted_at=at, provider_id=_random(session), delivered_at=at + timedelta(seconds=2),
    )  # fmt: skip


def _write(session: Session, number: CTE, at: datetime, **facts: Any) -> None:
    from caseupdates.delivery.models import Lane, Message, Payload

    to = "client" + cast(number.c.i, String) + "@example.com"
    _insert(
        session, Message, number, key=_random(session), recipient=to, lane=Lane.MAIL, topic="case:1", goes_alone=False,
        created_at=at, attempts=facts.pop("attempts", 0), detail="", **facts,
    )  # fmt: skip
    of = (
        select(Message.id)
        .where(col(Message.id) > select(func.coalesce(func.max(Payload.message_id), 0)).scalar_subquery())
        .cte()
    )
    _insert(session, Payload, of, message_id=of.c.id, content="x" * BODY, sha256="0" * 64)


def _insert(session: Session, model: type[SQLModel], number: CTE, **values: Any) -> None:
    """A row of these values for each number."""
    columns = model.__table__.c  # type: ignore[attr-defined]
    given = [
        each if isinstance(each, ColumnElement) else literal(each, columns[name].type) for name, each in values.items()
    ]
    session.execute(insert(model).from_select(list(values), select(*given).select_from(number)))


def _numbers(count: int) -> CTE:
    numbers = select(literal(1).label("i")).cte(recursive=True)
    return numbers.union_all(select(numbers.c.i + 1).where(numbers.c.i < count))


def _random(session: Session) -> ColumnElement[str]:
    """As scattered over an index as a key is."""
    if _is_postgresql(session):
        return func.md5(cast(func.random(), String))
    return func.hex(func.randomblob(16))


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
