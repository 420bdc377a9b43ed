"""Workers to be killed: `python -m tests.faults.killing.workers '{"seed": 7, "kills": 1000, "at_once": 4}'`, see forks."""

# What anyio and httpcore would import only when they first run, in each process anew.
import anyio._backends._asyncio  # noqa: F401
import httpcore._backends.anyio  # noqa: F401
from sqlalchemy.orm import configure_mappers

from caseupdates import tables
from caseupdates.database import engine
from caseupdates.delivery import worker
from caseupdates.delivery.mailers import chosen
from caseupdates.settings import settings
from tests.faults.killing import forks, scale, steps
from tests.faults.killing.traffic import content


async def work() -> None:
    async with chosen(settings(), content=content) as mailer:
        await worker.run(mailer)


if __name__ == "__main__":
    assert tables  # all of them, for their foreign keys
    configure_mappers()
    engine()  # connects to nothing yet
    scale.shorten()
    steps.watch_workers()
    forks.serve(work, steps.OF_WORKERS)
