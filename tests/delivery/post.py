"""Mails, messages and mailers for the tests of delivery."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from sqlmodel import Session

from caseupdates import bell
from caseupdates.database import reading, writing
from caseupdates.delivery import leases, outbox, worker
from caseupdates.delivery.mail import Mail
from caseupdates.delivery.mailers import Mailer
from caseupdates.delivery.models import Message
from caseupdates.delivery.outcomes import Accepted, Outcome

WATCHER = "case:7"


def a_mail(to: str = "client@example.com", *, subject: str = "Warehouse losses", **parts: str) -> Mail:
    return Mail(to=to, subject=subject, text="The van left at 06:12.", html="<p>The van left at 06:12.</p>", **parts)


def put_in(count: int = 1, **options: object) -> list[int]:
    """Put so many mails into the outbox, watched by WATCHER, and commit; their ids."""
    with writing() as session:
        mails = [a_mail(f"client{n}@example.com") for n in range(count)]
        return [outbox.enqueue(session, mail, topic=WATCHER, **options).id for mail in mails]


def claimed(session: Session, **options: object) -> Message:
    """The one message that can be claimed now."""
    [message] = leases.claim(session, limit=10, **options)
    return message


def attempted(session: Session, outcome: Outcome) -> Message:
    """Claim the one message there is and record this outcome."""
    message = claimed(session)
    recorded = leases.record(session, message.id, message.lease, outcome)
    assert recorded
    return recorded


def stored(message_id: int) -> Message:
    with reading() as session:
        message = session.get_one(Message, message_id)
        session.expunge(message)  # or the end of reading() would empty it
        return message


class Collecting:
    """A mailer that keeps copies of what it is given and answers with `outcomes`, then with success."""

    def __init__(self, *outcomes: Outcome | Exception) -> None:
        self.outcomes = list(outcomes)
        self.messages: list[Message] = []

    async def hand_over(self, message: Message) -> Outcome:
        self.messages.append(message)
        outcome = self.outcomes.pop(0) if self.outcomes else Accepted("collected")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@contextlib.asynccontextmanager
async def working(*mailers: Mailer, **options: object) -> AsyncIterator[None]:
    """One worker for each mailer, for as long as the block runs."""
    tasks = [asyncio.create_task(worker.run(mailer, **options)) for mailer in mailers]
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
