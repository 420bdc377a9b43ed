"""Handing mail to the provider: the outbox against a bare client that posts batches one after another."""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable

import httpx
from sqlmodel import SQLModel

from tests.provider.process import Process
from tests.provider.settings import NO_LIMIT

MAILS, BATCH = 1_000, 100
CASES = {"100 ms, 10 requests/s": (0.1, 10), "100 ms, no limit": (0.1, NO_LIMIT), "no latency, no limit": (0, NO_LIMIT)}


def main() -> None:
    os.environ.update(
        CASEUPDATES_DATA=tempfile.mkdtemp(prefix="caseupdates-bench-"), DATABASE_URL="", RESEND_API_KEY=""
    )
    from caseupdates import tables
    from caseupdates.database import engine

    assert tables
    SQLModel.metadata.create_all(engine())
    print(f"{'':24}{'outbox':>14}{'bare client':>14}{'ratio':>8}{'refused':>9}")
    for name, (latency, limit) in CASES.items():
        with Process(latency=latency, limit=limit) as resend:
            ours, refused = _rate(lambda url=resend.url: _outbox(url)), sum(resend.statistics()["refused"].values())
        with Process(latency=latency, limit=limit) as resend:
            bare = _rate(lambda url=resend.url: _bare(url))
        print(f"{name:24}{ours:8,.0f} /s   {bare:8,.0f} /s   {ours / bare:8.2f}{refused:9}")


def _rate(work: Callable[[], Awaitable[float]]) -> float:
    """Mails a second, in the best of three runs: the machine is shared."""
    return MAILS / min(asyncio.run(work()) for _ in range(3))


async def _outbox(url: str) -> float:
    """Seconds from the commit to the last mail recorded as accepted; what an earlier run learned of the limit is known."""
    from sqlmodel import col, func, select

    from caseupdates.database import read, write
    from caseupdates.delivery import worker
    from caseupdates.delivery.mail import Mail
    from caseupdates.delivery.models import Message
    from caseupdates.delivery.outbox import enqueue_all
    from caseupdates.delivery.resend_mailer import ResendMailer

    waiting = select(func.count()).where(col(Message.due_at).is_not(None))
    mails = [Mail(f"client{n}@example.com", "Night two", "x" * 2_000, "x" * 4_000) for n in range(MAILS)]
    async with ResendMailer("re_secret", api_url=url) as mailer:
        working = asyncio.create_task(worker.run(mailer))
        await asyncio.sleep(1.1)  # the limit of what was sent before is over
        await write(enqueue_all, mails, sender="Firm <updates@example.com>")
        start = time.perf_counter()
        while await read(lambda session: session.exec(waiting).one()):  # noqa: ASYNC110 (nobody is told of the last)
            await asyncio.sleep(0.005)
        took = time.perf_counter() - start
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    return took


async def _bare(url: str) -> float:
    from caseupdates import tokens

    mail = {"from": "Firm <updates@example.com>", "subject": "Night two", "text": "x" * 2_000, "html": "x" * 4_000}
    await asyncio.sleep(1.1)
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": "Bearer re_secret"}) as client:
        start = time.perf_counter()
        for first in range(0, MAILS, BATCH):
            batch = [{**mail, "to": [f"client{first + n}@example.com"]} for n in range(BATCH)]
            answer = await client.post("/emails/batch", json=batch, headers={"Idempotency-Key": tokens.new()})
            assert answer.status_code == 200, answer.text
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
