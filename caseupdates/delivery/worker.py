"""The worker: takes what is due from the outbox, hands it to the mailer, records what came of it."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.database import write
from caseupdates.delivery import pace, turns
from caseupdates.delivery.claiming import LEASE, claim
from caseupdates.delivery.due import next_due
from caseupdates.delivery.mailers import Mailer
from caseupdates.delivery.mishaps import harmless, log
from caseupdates.delivery.models import Lane, Message
from caseupdates.delivery.outcomes import Paused, Unknown
from caseupdates.delivery.parcels import Answer, Parcel
from caseupdates.delivery.recording import record
from caseupdates.delivery.turns import Trip, Turn
from caseupdates.outages import outage

AT_ONCE = {Lane.CODE: 4, Lane.MAIL: 8}  # requests under way; codes have places of their own and wait for no other mail
IN_ONE_GO = 4  # requests that are made ready, or given up, in one transaction: so that nobody waits long to write
TOO_LONG = 60  # seconds for one handing over; shorter than claiming.LEASE
LATEST = LEASE - timedelta(seconds=TOO_LONG)  # after its turn a request does not begin any more
LONGEST_SLEEP = timedelta(seconds=30)  # in case a ring got lost between processes
SHORTEST_SLEEP = timedelta(milliseconds=50)

Answered = tuple[Parcel, Answer, Trip]


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
    answers: list[Answered] = field(default_factory=list)

    async def work(self) -> None:
        """Turn after turn; asleep until the outbox rings or something falls due. Nothing but cancelling ends it."""
        trouble = 0
        with bell.listening(bell.OUTBOX) as self.rung:
            while True:
                self.rung.clear()
                try:
                    sleep, trouble = await self._turn(), 0
                except Exception as error:
                    log("A turn of the outbox failed", error)
                    sleep, trouble = min(LONGEST_SLEEP, SHORTEST_SLEEP * 2**trouble), min(trouble + 1, 10)
                await _ring_or(sleep, self.rung)

    async def _turn(self) -> timedelta:
        """Record what came back, and send on their way the requests that are due and may go; how long to sleep then."""
        answers, self.answers = self.answers, []
        try:
            taken, again_at = await write(self._record_and_claim, answers)
        except Exception as error:
            if not answers or outage(error):
                self.answers = answers + self.answers  # they count for as long as their leases last
                raise
            await self._record_each(answers)
            return timedelta(0)
        for parcel, turn in taken:
            self.places[parcel.lane] -= 1
            self.under_way.create_task(self._carry(parcel, turn))
        return _until(again_at) if again_at else LONGEST_SLEEP

    def _record_and_claim(
        self, session: Session, answers: Sequence[Answered]
    ) -> tuple[list[tuple[Parcel, Turn]], datetime | None]:
        """In one transaction, which is what costs."""
        self._record(session, answers)
        return self._claim(session)

    def _claim(self, session: Session) -> tuple[list[tuple[Parcel, Turn]], datetime | None]:
        """What goes now or in a moment, each with its turn, and when to look again; None when something will ring."""
        account, places = pace.provider(session, lock=True), self.places.copy()
        taken: list[tuple[Parcel, Turn]] = []
        given_up = 0
        while lanes := [lane for lane, free in places.items() if free]:
            turn = turns.opens_at(account)
            if turn and turn > clock.now() + turns.AHEAD:
                return taken, turn - turns.AHEAD
            if len(taken) + given_up == IN_ONE_GO:
                return taken, clock.now()
            claimed = claim(session, lanes=lanes, leaves_at=turn)
            if not claimed:
                return taken, _later(next_due(session, lanes=lanes))
            self._tell(session, claimed.given_up)
            if claimed.parcel:
                places[claimed.parcel.lane] -= 1
                taken.append((claimed.parcel, turns.take(session, account)))
            else:
                given_up += 1
        return taken, None

    async def _carry(self, parcel: Parcel, turn: Turn) -> None:
        try:
            await asyncio.sleep(_until(turn.at).total_seconds())
            left_at = clock.now()
            if left_at > turn.at + LATEST:
                return  # the machine slept: by now another may hold the lease, and the provider have forgotten the key
            answer = await self._hand_over(parcel)
            self.answers.append((parcel, answer, Trip(turn, left_at, clock.now())))
        finally:
            self.places[parcel.lane] += 1
            self.rung.set()

    async def _hand_over(self, parcel: Parcel) -> Answer:
        try:
            async with asyncio.timeout(TOO_LONG):
                return await self.mailer.hand_over(parcel)
        except Exception as error:
            log(f"Batch {parcel.batch_id}: handing over failed", error)
            return Answer(Unknown())

    async def _record_each(self, answers: Sequence[Answered]) -> None:
        """One that cannot be recorded takes no other with it: its lease lapses and the same request goes out again."""
        for each in answers:
            try:
                await write(self._record, [each])
            except Exception as error:
                log(f"Batch {each[0].batch_id}: what came of it was not recorded", error)

    def _record(self, session: Session, answers: Sequence[Answered]) -> None:
        heard = []  # batches in their order and the provider last: so two workers never wait for each other
        for parcel, answer, trip in sorted(answers, key=lambda each: each[0].batch_id):
            ended = record(session, parcel, answer)
            if ended is not None:
                self._tell(session, ended)
                heard.append((parcel, answer, trip))
        for each in heard:
            if paused := pace.hear(session, *each):
                with harmless("A pause of the queue was not told", session):
                    self.hooks.paused(session, paused)

    def _tell(self, session: Session, ended: Sequence[Message]) -> None:
        for message in ended:
            with harmless(f"Message {message.id}: its end was not told", session):
                self.hooks.ended(session, message)


def _until(moment: datetime) -> timedelta:
    return max(timedelta(0), min(LONGEST_SLEEP, moment - clock.now()))


def _later(due: datetime | None) -> datetime | None:
    """Look no more at once for what another worker took but has not committed yet."""
    return due and max(due, clock.now() + SHORTEST_SLEEP)


async def _ring_or(sleep: timedelta, rung: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(sleep.total_seconds()):
            await rung.wait()
