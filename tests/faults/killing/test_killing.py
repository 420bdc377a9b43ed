"""The proof: 1,000 kills, a fifth of them of receivers of webhooks; 10,000 with CASEUPDATES_FAULTS=long (`make faults`).

`pytest tests/faults/killing` runs it on SQLite, `--database=postgresql` on the other; CASEUPDATES_KILLS=100 makes it short,
CASEUPDATES_SEED=7 draws again what a run had drawn. It says how many were killed at which step (`at random`: from outside,
wherever they were; `too late`: had not come to their step in time), how many requests were answered a second time
(`replays`), how long anything due waited for a worker, and how long whoever put mail in.
"""

import os
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random, SystemRandom

import pytest

from caseupdates.database import writing
from caseupdates.delivery.models import Provider
from tests.faults import IS_LONG
from tests.faults.killing import scale, verdict
from tests.faults.killing.crew import Crew
from tests.faults.killing.steps import LATENCY, OF_RECEIVERS, OF_WORKERS
from tests.faults.killing.traffic import SILENT, TOLD, Traffic
from tests.provider import NO_LIMIT, Process

KILLS = int(os.environ.get("CASEUPDATES_KILLS") or (10_000 if IS_LONG else 1_000))
SEED = int(os.environ.get("CASEUPDATES_SEED") or SystemRandom().randrange(1_000_000))
AMONG_RECEIVERS = 0.2  # of the kills
FAILING = 0.04  # of the requests
FAULTS = ["slow", *["rate_limited"] * 3]  # slower than a lease, so that the next worker comes meanwhile; see also steps
PROVIDER = {"limit": NO_LIMIT, "latency": LATENCY, "slow": 1.2}
WEBHOOKS = {"webhook_connections": 4, "webhook_speed": 300, "events_repeated": 2, "events_shuffled": True}
FAIR = 1 / 40  # of the kills, at least, at each step
SHOWN = ("requests", "replays", "refused", "faults", "webhooks")


@pytest.fixture
def resend(emptied: None) -> Iterator[Process]:
    with writing() as session:
        session.add(Provider(requests_a_second=NO_LIMIT))
    with Process(**PROVIDER, **WEBHOOKS) as running:
        running.fail_share(FAILING, FAULTS, seed=SEED)
        for address in SILENT:
            running.script(address)
        for address, told in TOLD.items():
            running.script(address, *told)
        yield running


@pytest.fixture
def door(resend: Process) -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        resend.configure(webhook_url=f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/resend")
        yield listening


def test_killed_processes_lose_repeat_and_delay_no_mail_and_no_event(
    resend: Process, door: socket.socket, capsys: pytest.CaptureFixture[str]
) -> None:
    print(f"CASEUPDATES_SEED={SEED}")
    among_receivers = round(KILLS * AMONG_RECEIVERS)
    traffic = Traffic(Random(SEED))
    with (
        Crew("workers", resend.url, door, kills=KILLS - among_receivers, seed=SEED, at_once=4) as workers,
        Crew("receivers", resend.url, door, kills=among_receivers, seed=SEED, at_once=2) as receivers,
    ):
        traffic.open()
        workers.wait()
        receivers.wait()
        start = time.monotonic()
        while workers.is_killing() or receivers.is_killing():
            traffic.flow()
            time.sleep(0.01)
        took = time.monotonic() - start
        drain(within=scale.LEASE + scale.STUCK)
    killed, told = workers.killed + receivers.killed, resend.statistics()
    taken_back = traffic.number - told["mails"]
    with capsys.disabled():
        print(f"\n{killed.total()} kills in {took:.0f} s ({SEED=}): {dict(sorted(killed.items()))}")
        print(f"{traffic.number} mails, {taken_back} taken back; { ({name: told[name] for name in SHOWN}) }")
        print(f"due for {traffic.longest_due} at the longest, put in within {traffic.slowest}")
    assert killed.total() == KILLS
    assert not verdict.faults(resend)
    assert taken_back
    assert not verdict.misheard()
    assert not verdict.damage()
    assert traffic.longest_due < scale.STUCK
    assert "invalid_idempotent_request" not in told["refused"]
    assert min(killed[step] for step in OF_WORKERS + OF_RECEIVERS) >= KILLS * FAIR


def drain(*, within: timedelta) -> None:
    """Wait until no mail is open any more and all events have been heard, but no longer than this."""
    latest = time.monotonic() + within.total_seconds()
    while (verdict.still_open() or verdict.misheard()) and time.monotonic() < latest:
        time.sleep(0.5)
