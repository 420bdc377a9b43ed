"""The outbox and its worker as the product runs them; only within an installation."""

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

from tests.bench.delivering.mails import HTML, KEY, SENDER, SUBJECT, TEXT, addresses

TOPIC = "bench"
SOON = timedelta(hours=1)  # longer than a lease: what is due later is held back, not on its way


def deliver(url: str, count: int, *, rest: float = 0) -> float:
    """Seconds from the commit of so many mails, itself among them, until the last one's acceptance is recorded.

    One mail goes first, so that the provider's limit is known; then comes a rest of so many seconds.
    """

    async def work() -> float:
        async with mailer_to(url) as mailer:
            return await delivered(mailer, count, rest=rest)

    return asyncio.run(work())


async def delivered(mailer: Any, count: int, *, rest: float = 0) -> float:
    async with working(mailer):
        await put_in(addresses(1))
        await emptied()
        await asyncio.sleep(rest)
        start = await put_in(addresses(count))
        await emptied()
        return time.perf_counter() - start


def mailer_to(url: str) -> AbstractAsyncContextManager[Any]:
    """The mailer that the product would choose."""
    from caseupdates.delivery import mailers
    from caseupdates.settings import settings

    told = dataclasses.replace(settings(), resend_api_key=KEY, resend_api_url=url)
    return mailers.chosen(told, content=str.encode)


@asynccontextmanager
async def working(mailer: Any) -> AsyncIterator[None]:
    """A worker, for as long as the block runs."""
    from caseupdates.delivery import worker

    task = asyncio.create_task(worker.run(mailer))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def put_in(to: Sequence[str], *, topic: str = TOPIC, **options: Any) -> float:
    """Put mails in and commit; the moment before the commit."""
    from sqlmodel import Session

    from caseupdates.database import write
    from caseupdates.delivery.mail import Mail
    from caseupdates.delivery.outbox import enqueue_all

    def enqueued(session: Session) -> float:
        mails = [Mail(each, SUBJECT, TEXT, HTML) for each in to]
        enqueue_all(session, mails, sender=SENDER, topic=topic, **options)
        return time.perf_counter()

    return await write(enqueued)


async def cancel(message_ids: Sequence[int]) -> None:
    from caseupdates.database import write
    from caseupdates.delivery import outbox

    await write(outbox.cancel, message_ids)


async def emptied(topic: str = TOPIC, lane: str = "mail") -> None:
    """Return once nothing is open in this lane, looking whenever a parcel of this topic was recorded."""
    from caseupdates import bell

    with bell.listening(topic) as rung:
        while await open_ones(lane, at_most=1):
            async with asyncio.timeout(60):
                await rung.wait()
            rung.clear()


async def open_ones(lane: str = "mail", *, at_most: int) -> Sequence[int]:
    """The mails that are due or on their way."""
    from sqlmodel import col, select

    from caseupdates import clock
    from caseupdates.database import read
    from caseupdates.delivery.models import Lane, Message

    theirs = select(Message.id).where(col(Message.lane) == Lane(lane), col(Message.due_at) < clock.now() + SOON)
    return await read(lambda session: session.exec(theirs.limit(at_most)).all())
