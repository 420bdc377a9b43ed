"""The proof; `CASEUPDATES_FAULTS=long` kills 10,000 instead of 1,000, `CASEUPDATES_SEED=7` repeats a run's draws."""

import os
import time
from datetime import timedelta
from random import Random, SystemRandom

import pytest

from caseupdates import clock
from caseupdates.database import reading, writing
from caseupdates.delivery.models import Provider
from tests.faults.killing import scale, verdict
from tests.faults.killing.crew import Crew
from tests.faults.killing.steps import WORKER
from tests.faults.killing.traffic import Traffic, still_open
from tests.provider import NO_LIMIT, Process

KILLS = int(os.environ.get("CASEUPDATES_KILLS", 0)) or (
    10_000 if os.environ.get("CASEUPDATES_FAULTS") == "long" else 1_000
)
SEED = int(os.environ.get("CASEUPDATES_SEED") or SystemRandom().randrange(1_000_000))
PROVIDER = {"limit": NO_LIMIT, "latency": 0.01, "slow": 1.2}  # longer than a lease: the next worker comes too early
SHARE_SLOW = 0.01
FAIR = 1 / 30  # of all kills, at each step


@pytest.fixture
def resend(emptied: None):
    with writing() as session:
        session.add(Provider(requests_a_second=NO_LIMIT))
    with Process(**PROVIDER) as running:
        running.fail_share(SHARE_SLOW, ["slow"], seed=SEED)
        yield running


def test_killing_workers_loses_repeats_and_delays_no_mail(resend):
    print(f"\nseed {SEED}")
    traffic, start, longest = Traffic(Random(SEED)), time.monotonic(), timedelta(0)
    with Crew(resend.url, kills=KILLS, seed=SEED) as crew:
        while crew.is_killing:
            longest = max(longest, traffic.flow())
            if traffic.random.random() < 0.05:
                traffic.take_back()
            time.sleep(0.005)
        left = drained(within=scale.LEASE + scale.STUCK)
    told, took = resend.statistics(), time.monotonic() - start
    print(f"{crew.killed.total()} kills in {took:.0f} s: {dict(crew.killed)}")
    print(
        f"{traffic.number} mails in {told['requests']} requests, {told['replays']} of them replays; refused {told['refused']}"
    )
    print(f"longest due {longest.total_seconds():.1f} s, batches {told['batch_sizes']}")
    assert (crew.killed.total(), left) == (KILLS, 0)
    assert not verdict.faults(resend)
    assert not verdict.damage()
    assert longest < scale.STUCK
    assert "invalid_idempotent_request" not in told["refused"]
    assert min(crew.killed[step] for step in WORKER) >= KILLS * FAIR


def drained(*, within: timedelta) -> int:
    """Wait until nothing is open any more; how many are after so long."""
    latest = clock.now() + within
    while True:
        with reading() as session:
            left = still_open(session)
        if not left or clock.now() > latest:
            return left
        time.sleep(0.05)
