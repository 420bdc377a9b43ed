"""What claiming and recording a mail costs with 1,000 old messages in the database, and with 1,000,000.

The mailer accepts at once, so that nothing else is measured.
"""

import asyncio
from concurrent.futures import Executor
from typing import Any

from tests.bench.delivering import ours, past
from tests.bench.delivering.installation import Installations, installations
from tests.provider.settings import NO_LIMIT

FEW, MANY = 1_000, 1_000_000  # messages that were accepted long ago
NEW, TIMES = 1_000, 7
HELD, DUE = 190_000, 10_000  # in a queue that is long
AIM = 1.3


class Instant:
    """Accepts every mail at once, and sets no limit."""

    async def hand_over(self, parcel: Any) -> Any:
        from caseupdates.delivery.outcomes import Accepted
        from caseupdates.delivery.parcels import Answer, Limits

        return Answer([Accepted(letter.key) for letter in parcel.letters], Limits(NO_LIMIT, NO_LIMIT))


def measure(_: Installations) -> None:
    """In installations of its own, for others have written into those."""
    print(f"  {'claiming and recording':42}{'a mail':>9}{f'ratio to {FEW:,} rows':>24}")
    with installations() as few, installations() as many:
        fills = [
            each.submit(past.accepted, rows) for rows, those in ((FEW, few), (MANY, many)) for each in those.values()
        ]
        print(f"    (filled in {max(fill.result() for fill in fills):.0f} s)")
        for database in few:
            _compare(database, few[database], many[database])


def deliver(count: int) -> float:
    """Seconds a mail; only within an installation."""
    return asyncio.run(ours.delivered(Instant(), count)) / count


def _compare(database: str, few: Executor, many: Executor) -> None:
    turns = [(few.submit(deliver, NEW).result(), many.submit(deliver, NEW).result()) for _ in range(TIMES)]
    floor, high = (min(each) for each in zip(*turns, strict=True))
    many.submit(past.held, HELD).result()
    queue = many.submit(deliver, DUE).result()
    for title, cost in (
        (f"{FEW:,} rows", floor),
        (f"{MANY:,} rows", high),
        (f"{MANY:,} rows, {HELD + DUE:,} open, {DUE:,} due", queue),
    ):
        aim = f"  (aim <= {AIM})" if cost != floor else ""
        print(f"    {f'{database}, {title}':40}{cost * 1e6:8.0f} µs{cost / floor:23.2f}{aim}", flush=True)
