"""A verification code asked for while 10,000 mails are queued and being sent, until its acceptance is recorded.

A request's time is the provider's latency or, where it is longer, the time between two requests at the limit. A code
that comes when a request has just left waits one such time for its turn and takes one for itself: two.
"""

import asyncio
import random
import statistics
import time

from tests.bench.delivering import ours
from tests.bench.delivering.installation import Installations
from tests.bench.delivering.mails import addresses
from tests.provider.process import Process
from tests.provider.settings import NO_LIMIT

QUEUED, STILL_QUEUED, TRIES = 10_000, 1_000, 12  # mails at the start, and at the last try
LATENCY, LIMIT, AIM = 0.1, 10, 2
TOPIC = "bench code"


def measure(installed: Installations) -> None:
    print(
        f"  {f'a code in front of {QUEUED:,} mails, 100 ms':42}{'tries':>9}{'median':>11}{'worst':>11}   requests' times"
    )
    for limit in (LIMIT, NO_LIMIT):
        for database, process in installed.items():
            with Process(latency=LATENCY, limit=limit) as resend:
                waits = process.submit(ask_again_and_again, resend.url).result()
                refused = resend.statistics()["refused"]
            _say(f"{database}, {'no limit' if limit == NO_LIMIT else f'{limit} requests/s'}", waits, limit, refused)


def ask_again_and_again(url: str) -> list[float]:
    """Seconds that each code took; only within an installation."""
    return asyncio.run(_ask_again_and_again(url))


async def _ask_again_and_again(url: str) -> list[float]:
    waits: list[float] = []
    async with ours.mailer_to(url) as mailer, ours.working(mailer):
        await ours.put_in(addresses(QUEUED))
        while len(waits) < TRIES and len(await ours.open_ones(at_most=QUEUED)) > STILL_QUEUED:
            await asyncio.sleep(random.uniform(LATENCY, 4 * LATENCY))  # at any moment between two requests
            waits.append(await _ask())
        await ours.cancel(await ours.open_ones(at_most=QUEUED))
        await ours.emptied()
    return waits


async def _ask() -> float:
    start = await ours.put_in(["client@example.com"], topic=TOPIC, lane="code")
    await ours.emptied(TOPIC, "code")
    return time.perf_counter() - start


def _say(title: str, waits: list[float], limit: int, refused: dict[str, int]) -> None:
    request = max(LATENCY, 1 / limit)
    median, worst = statistics.median(waits), max(waits)
    print(
        f"    {title:40}{len(waits):9}{median * 1000:8.0f} ms{worst * 1000:8.0f} ms"
        f"{median / request:8.2f}, worst {worst / request:.2f}  (aim <= {AIM}; {sum(refused.values())} requests refused)",
        flush=True,
    )
