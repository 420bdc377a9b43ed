"""The worker: takes due messages from the outbox, hands them to the mailer, records what came of each."""

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.database import read, write
from caseupdates.delivery import leases
from caseupdates.delivery.mailers import Mailer
from caseupdates.delivery.models import Lane, Message
from caseupdates.delivery.outcomes import Outcome, Unknown

AT_ONCE = {Lane.CODE: 4, Lane.MAIL: 8}  # mails under way; codes have places of their own and wait for no other mail
TOO_LONG = 60  # seconds for one handing over; shorter than leases.LEASE
LONGEST_SLEEP = timedelta(seconds=30)  # in case a ring got lost between processes
SHORTEST_SLEEP = timedelta(milliseconds=50)  # another worker took what was due but has not committed yet

Ended = Callable[[Session, Message], None]
logger = logging.getLogger(__name__)


def nobody_asks(_session: Session, _message: Message) -> None:
    """Nobody wants to hear of mails that failed."""


async def run(mailer: Mailer, *, ended: Ended = nobody_asks) -> None:
    """Empty the outbox until cancelled; any number of workers and processes may do so at once.

    `ended` is called within the transaction that records a message as refused or parked. A worker cancelled
    in the middle of a handing over records nothing: the lease lapses and the same key goes out again.
    """
    async with asyncio.TaskGroup() as lanes:
        for lane in Lane:
            lanes.create_task(LaneWorker(lane, mailer, ended).work())


@dataclass(frozen=True)
class LaneWorker:
    lane: Lane
    mailer: Mailer
    ended: Ended

    async def work(self) -> None:
        """Round after round; asleep until the outbox rings or something falls due. Nothing but cancelling ends it."""
        trouble = 0
        with bell.listening(bell.OUTBOX) as rung:
            while True:
                rung.clear()
                try:
                    sleep, trouble = await self._round(), 0
                except Exception as error:
                    _log("A round of the outbox failed", error)
                    sleep, trouble = min(LONGEST_SLEEP, SHORTEST_SLEEP * 2**trouble), min(trouble + 1, 10)
                await _ring_or(sleep, rung)

    async def _round(self) -> timedelta:
        """Carry what is due; how long to sleep then."""
        due = await read(leases.next_due, lanes=[self.lane])
        if due is None or due > clock.now():
            return LONGEST_SLEEP if due is None else min(LONGEST_SLEEP, due - clock.now())
        messages = await write(leases.claim, limit=AT_ONCE[self.lane], lanes=[self.lane])
        await asyncio.gather(*map(self._carry, messages))
        return timedelta(0) if messages else SHORTEST_SLEEP

    async def _carry(self, message: Message) -> None:
        outcome = leases.objection(message) or await self._hand_over(message)
        try:
            await write(self._record, message, outcome)
        except Exception as error:  # the lease lapses and the same key goes out again
            _log(f"Message {message.id}: what came of it was not recorded", error)

    async def _hand_over(self, message: Message) -> Outcome:
        try:
            async with asyncio.timeout(TOO_LONG):
                return await self.mailer.hand_over(message)
        except Exception as error:
            _log(f"Message {message.id}: handing over failed", error)
            return Unknown()

    def _record(self, session: Session, message: Message, outcome: Outcome) -> None:
        recorded = leases.record(session, message.id, message.lease, outcome)
        if recorded and (recorded.refused_at or recorded.parked_at):
            self._tell(session, recorded)

    def _tell(self, session: Session, message: Message) -> None:
        try:
            with session.begin_nested():
                self.ended(session, message)
        except Exception as error:  # a notification that fails must not cost the fact
            _log(f"Message {message.id}: its end was not told", error)


async def _ring_or(sleep: timedelta, rung: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(sleep.total_seconds()):
            await rung.wait()


def _log(what: str, error: Exception) -> None:
    # Where it happened, not what it said: an error's own text may hold addresses, payloads and keys.
    logger.error("%s: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
