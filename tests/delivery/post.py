"""Mails, messages and mailers for the tests of delivery."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from sqlmodel import Session, update

from caseupdates import bell, clock
from caseupdates.database import reading, writing
from caseupdates.delivery import claiming, outbox, worker
from caseupdates.delivery.mail import Mail
from caseupdates.delivery.mailers import Mailer
from caseupdates.delivery.models import Batch, Message
from caseupdates.delivery.outcomes import Accepted, Outcome
from caseupdates.delivery.parcels import Answer, Letter, Parcel
from caseupdates.delivery.recording import record

WATCHER = "case:7"


def a_mail(to: str = "client@example.com", *, subject: str = "Warehouse losses", **parts: str) -> Mail:
    return Mail(to=to, subject=subject, text="The van left at 06:12.", html="<p>The van left at 06:12.</p>", **parts)


def put_in(count: int = 1, **options: object) -> list[int]:
    """Put so many mails into the outbox, watched by WATCHER, and commit; their ids."""
    with writing() as session:
        mails = [a_mail(f"client{n}@example.com") for n in range(count)]
        return [message.id for message in outbox.enqueue_all(session, mails, topic=WATCHER, **options)]


def parcel_of(*messages: Message) -> Parcel:
    """A parcel that was never claimed, for mailers alone."""
    letters = [Letter(each.id, each.key, each.recipient, each.topic, each.payload) for each in messages]
    return Parcel(1, 1, messages[0].lane, "parcel-1", letters)


def claimed(session: Session, **options: object) -> Parcel:
    """What can be claimed now, as one parcel."""
    parcel = claiming.claim(session, **options).parcel
    assert parcel
    return parcel


def letters_due(session: Session, **options: object) -> list[Letter]:
    """Everything that can be claimed now, in the order in which it goes."""
    claims = iter(lambda: claiming.claim(session, **options), claiming.Claim())
    return [letter for claim in claims if claim.parcel for letter in claim.parcel.letters]


def hand_over(session: Session, outcome: Outcome) -> list[Message]:
    """Let a worker take everything that is due and record this outcome for each; those that ended badly."""
    ended: list[Message] = []
    while parcel := claiming.claim(session).parcel:
        ended += record(session, parcel, Answer(outcome)) or []
    session.expire_all()
    return ended


def ids_of(parcel: Parcel) -> list[int]:
    return [letter.id for letter in parcel.letters]


def attempted(session: Session, outcome: Outcome) -> Message:
    """Claim the one message there is and record this outcome."""
    parcel = claimed(session)
    assert record(session, parcel, Answer(outcome)) is not None
    [message_id] = ids_of(parcel)
    return session.get_one(Message, message_id, populate_existing=True)


def stored(message_id: int) -> Message:
    with reading() as session:
        message = session.get_one(Message, message_id)
        assert message.payload  # read while there is a session to read it in
        session.expunge(message)  # or the end of reading() would empty it
        return message


def batch_of(message_id: int) -> Batch | None:
    """The batch a message is in."""
    with reading() as session:
        message = session.get_one(Message, message_id)
        batch = session.get(Batch, message.batch_id) if message.batch_id else None
        if batch:
            session.expunge(batch)
        return batch


def hurry() -> None:
    """Let everything be due now."""
    with writing() as session:
        session.exec(update(Message).values(due_at=clock.now()))
        bell.ring(session, bell.OUTBOX)


class Collecting:
    """A mailer that keeps what it is given and answers with `outcomes`, one for a parcel, then with success."""

    def __init__(self, *outcomes: Outcome | Exception) -> None:
        self.outcomes = list(outcomes)
        self.parcels: list[Parcel] = []

    @property
    def letters(self) -> list[Letter]:
        return [letter for parcel in self.parcels for letter in parcel.letters]

    async def hand_over(self, parcel: Parcel) -> Answer:
        self.parcels.append(parcel)
        outcome = self.outcomes.pop(0) if self.outcomes else Accepted("collected")
        if isinstance(outcome, Exception):
            raise outcome
        return Answer(outcome)


@contextlib.asynccontextmanager
async def working(*mailers: Mailer, **hooks: object) -> AsyncIterator[None]:
    """One worker for each mailer, for as long as the block runs."""
    tasks = [asyncio.create_task(worker.run(mailer, worker.Hooks(**hooks))) for mailer in mailers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError) for end in ends), ends


async def until(is_so: Callable[[], object]) -> None:
    """Look again at every ring for WATCHER; ten seconds is far beyond what a worker needs."""
    with bell.listening(WATCHER) as rung:
        async with asyncio.timeout(10):
            while not await asyncio.to_thread(is_so):
                await rung.wait()
                rung.clear()
