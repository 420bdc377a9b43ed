"""A worker's parts, one step at a time, so that a test decides what happens between them."""

import asyncio
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from sqlmodel import Session, col, select

from caseupdates.database import reading, writing
from caseupdates.delivery import claiming, pace, turns
from caseupdates.delivery.models import Batch, Message, Provider
from caseupdates.delivery.outcomes import Unknown
from caseupdates.delivery.parcels import Answer, Parcel
from caseupdates.delivery.recording import record
from tests.faults import mails
from tests.provider import StandIn

NOBODY = "http://127.0.0.1:9"  # "discard", where nobody listens


@dataclass(frozen=True)
class Held:
    """A parcel in a worker's hands, and the answer once there is one."""

    parcel: Parcel
    answer: Answer | None = None


class Courier:
    """Hands parcels to the stand-in through the real mailer, and waits for each answer."""

    def __init__(self, resend: StandIn) -> None:
        self._runner = asyncio.Runner()
        self._mailer, self._lost = mails.mailer(resend.url), mails.mailer(NOBODY)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._mailer, self._lost):
            self._runner.run(each.__aexit__(None, None, None))
        self._runner.close()

    def hand_over(self, held: Held, *, is_reachable: bool = True) -> Held:
        there = self._mailer if is_reachable else self._lost
        try:
            return replace(held, answer=self._runner.run(there.hand_over(held.parcel)))
        except Exception:  # as the worker takes it
            return replace(held, answer=Answer(Unknown()))


def claim() -> tuple[Held | None, bool]:
    """What a worker would take now, and whether there was anything to take or to give up."""
    with writing() as session:
        account = pace.provider(session, lock=True)
        if turns.opens_at(account):
            return None, False
        claimed = claiming.claim(session)
        if claimed.parcel is None:
            return None, bool(claimed)
        turns.take(session, account)
        return Held(claimed.parcel), True


def write_down(held: Held) -> bool:
    """False when the lease had passed to somebody else."""
    assert held.answer
    with writing() as session:
        if record(session, held.parcel, held.answer) is None:
            return False
        pace.hear(session, held.parcel, held.answer)
        return True


def everything() -> list[dict[str, Any]]:
    """All that delivery knows, to see whether anything changed."""
    with reading() as session:
        return [row.model_dump() for table in (Message, Batch, Provider) for row in _rows(session, table)]


def messages() -> list[Message]:
    with reading() as session:
        return list(_rows(session, Message))


def batches() -> dict[int, Batch]:
    with reading() as session:
        return {each.id: each for each in _rows(session, Batch)}


def _rows(session: Session, table: Any) -> list[Any]:
    rows = list(session.execute(select(table).order_by(col(table.id))).scalars())
    session.expunge_all()  # or the end of reading() would empty them
    return rows
