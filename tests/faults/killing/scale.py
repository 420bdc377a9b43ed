"""What is shorter than in the product, and what stands for what."""

from datetime import timedelta

from caseupdates.delivery import claiming, patience, worker

LEASE = timedelta(seconds=1)  # stands for 90 s
TOO_LONG = 0.7  # seconds, stands for 60; shorter than the lease, as there
STUCK = timedelta(seconds=30)  # after a lease: stands for 60 s, but is not shortened as much, for machines are slow


def shorten() -> None:
    """Let this process, and all forked from it, wait for less long."""
    claiming.LEASE, worker.TOO_LONG = LEASE, TOO_LONG
    worker.AT_ONCE.update(dict.fromkeys(worker.AT_ONCE, 2))  # with four workers more than enough for two processors
    patience.FIRST_PAUSE, patience.LONGEST_PAUSE = timedelta(seconds=0.2), timedelta(seconds=1)
    worker.LONGEST_SLEEP = timedelta(seconds=0.1)  # rings of other processes are not heard without Redis
