"""The outbox and its worker as the product runs them; only within an installation."""

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tests.bench.delivering.mails import HTML, KEY, SENDER, SUBJECT, TEXT, addresses

TOPIC = "bench"


def deliver(url: str, count: int, *, rest: float) -> float:
    """Seconds from the commit of so many mails, itself among them, to the last one's recorded as accepted.

    One mail goes first, so that the provider's limit is known; then comes a rest of so many seconds.
    """
    return asyncio.run(_deliver(url, count, rest))


async def _deliver(url: str, count: int, rest: float) -> float:
    async with working(url):
        await put_in(addresses(1))
        await emptied()
        await asyncio.sleep(rest)
        start = await put_in(addresses(count))
        await emptied()
        return time.perf_counter() - start


@asynccontextmanager
async def working(url: str) -> AsyncIterator[None]:
    """A worker with the mailer that the product would choose, for as long as the block runs."""
    from caseupdates.delivery import mailers, worker
    from caseupdates.settings import settings

    told = dataclasses.replace(settings(), resend_api_key=KEY, resend_api_url=url)
    async with mailers.chosen(told, content=str.encode) as mailer:
        task = asyncio.create_task(worker.run(mailer))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def put_in(to: Sequence[str]) -> float:
    """Put mails in and commit; the moment before the commit."""
    from sqlmodel import Session

    from caseupdates.database import write
    from caseupdates.delivery.mail import Mail
    from caseupdates.delivery.outbox import enqueue_all

    def enqueued(session: Session) -> float:
        enqueue_all(session, [Mail(each, SUBJECT, TEXT, HTML) for each in to], sender=SENDER, topic=TOPIC)
        return time.perf_counter()

    return await write(enqueued)


async def emptied() -> None:
    """Return once no mail is open, looking whenever a parcel was recorded."""
    from sqlmodel import col, select

    from caseupdates import bell
    from caseupdates.database import read
    from caseupdates.delivery.models import Message

    waits = select(Message.id).where(col(Message.due_at).is_not(None)).limit(1)
    with bell.listening(TOPIC) as rung:
        while await read(lambda session: session.exec(waits).first()):
            async with asyncio.timeout(60):
                await rung.wait()
            rung.clear()
