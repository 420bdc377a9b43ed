"""Workers to be killed: `python -m tests.faults.killing.workers '{"seed": 7, "kills": 1000, "at_once": 4}'`, see forks."""

from caseupdates import tables
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
    scale.shorten()
    steps.watch_workers()
    forks.serve(work, steps.OF_WORKERS)
