"""The worker: takes what is due from the outbox, hands it to the mailer, records what came of it."""

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.database import read, write
from caseupdates.delivery import pace
from caseupdates.delivery.claiming import Claim, claim, next_due
from caseupdates.delivery.mailers import Mailer
from caseupdates.delivery.models import Lane, Message
from caseupdates.delivery.outcomes import Paused, Unknown
from caseupdates.delivery.parcels import Answer, Parcel
from caseupdates.delivery.recording import record

AT_ONCE = {Lane.CODE: 4, Lane.MAIL: 8}  # requests under way; codes have places of their own and wait for no other mail
TOO_LONG = 60  # seconds for one handing over; shorter than claiming.LEASE
LONGEST_SLEEP = timedelta(seconds=30)  # in case a ring got lost between processes
SHORTEST_SLEEP = timedelta(milliseconds=50)  # another worker took what was due but has not committed yet

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hooks:
    """Who wants to know, called within the transaction that records it."""

    ended: Callable[[Session, Message], None] = lambda _session, _message: None  # refused or parked
    paused: Callable[[Session, Paused], None] = lambda _session, _paused: None  # the queue waits for a person or a day


async def run(mailer: Mailer, hooks: Hooks = Hooks()) -> None:
    """Empty the outbox until cancelled; any number of workers and processes may do so at once.

    A worker cancelled in the middle of a handing over records nothing: the lease lapses and the same request goes
    out again.
    """
    async with asyncio.TaskGroup() as under_way:
        await Worker(mailer, hooks, under_way).work()


@dataclass
class Worker:
    mailer: Mailer
    hooks: Hooks
    under_way: asyncio.TaskGroup
    places: dict[Lane, int] = field(default_factory=AT_ONCE.copy)
    rung: asyncio.Event = field(default_factory=asyncio.Event)

    async def work(self) -> None:
        """Turn after turn; asleep until the outbox rings or something falls due. Nothing but cancelling ends it."""
        trouble = 0
        with bell.listening(bell.OUTBOX) as self.rung:
            while True:
                self.rung.clear()
                try:
                    sleep, trouble = await self._turn(), 0
                except Exception as error:
                    _log("A turn of the outbox failed", error)
                    sleep, trouble = min(LONGEST_SLEEP, SHORTEST_SLEEP * 2**trouble), min(trouble + 1, 10)
                await _ring_or(sleep, self.rung)

    async def _turn(self) -> timedelta:
        """Send one request on its way, if one is due and may go; how long to sleep then."""
        lanes = [lane for lane, free in self.places.items() if free]
        if not lanes:
            return LONGEST_SLEEP  # a place that becomes free rings
        due = await read(next_due, lanes=lanes)
        if due is None or due > clock.now():
            return LONGEST_SLEEP if due is None else _until(due)
        claimed, opens_at = await write(self._claim, lanes)
        if opens_at:
            return _until(opens_at)
        if claimed.parcel:
            self._send_off(claimed.parcel)
        return timedelta(0) if claimed else SHORTEST_SLEEP

    def _claim(self, session: Session, lanes: Sequence[Lane]) -> tuple[Claim, datetime | None]:
        account = pace.provider(session, lock=True)
        if opens_at := pace.opens_at(account):
            return Claim(), opens_at
        claimed = claim(session, lanes=lanes)
        if claimed.parcel:
            pace.take(session, account)
        self._tell(session, claimed.given_up)
        return claimed, None

    def _send_off(self, parcel: Parcel) -> None:
        self.places[parcel.lane] -= 1
        self.under_way.create_task(self._carry(parcel))

    async def _carry(self, parcel: Parcel) -> None:
        try:
            answer = await self._hand_over(parcel)
            await write(self._record, parcel, answer)
        except Exception as error:  # the lease lapses and the same request goes out again
            _log(f"Batch {parcel.batch_id}: what came of it was not recorded", error)
        finally:
            self.places[parcel.lane] += 1
            self.rung.set()

    async def _hand_over(self, parcel: Parcel) -> Answer:
        try:
            async with asyncio.timeout(TOO_LONG):
                return await self.mailer.hand_over(parcel)
        except Exception as error:
            _log(f"Batch {parcel.batch_id}: handing over failed", error)
            return Answer(Unknown())

    def _record(self, session: Session, parcel: Parcel, answer: Answer) -> None:
        ended = record(session, parcel, answer)
        if ended is None:
            return
        self._tell(session, ended)
        if paused := pace.hear(session, parcel, answer):
            with _harmless("A pause of the queue was not told", session):
                self.hooks.paused(session, paused)

    def _tell(self, session: Session, ended: Sequence[Message]) -> None:
        for message in ended:
            with _harmless(f"Message {message.id}: its end was not told", session):
                self.hooks.ended(session, message)


@contextlib.contextmanager
def _harmless(what: str, session: Session) -> Iterator[None]:
    """A notification that fails must not cost the fact."""
    try:
        with session.begin_nested():
            yield
    except Exception as error:
        _log(what, error)


def _until(moment: datetime) -> timedelta:
    return max(timedelta(0), min(LONGEST_SLEEP, moment - clock.now()))


async def _ring_or(sleep: timedelta, rung: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(sleep.total_seconds()):
            await rung.wait()


def _log(what: str, error: Exception) -> None:
    # Where it happened, not what it said: an error's own text may hold addresses, payloads and keys.
    logger.error("%s: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
