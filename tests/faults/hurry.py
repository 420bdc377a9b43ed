"""Time in a hurry: an hour passes in a minute, for the outbox and for the provider alike."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from caseupdates import clock
from caseupdates.database import writing
from caseupdates.delivery import resend_mailer, worker
from caseupdates.delivery.models import Provider
from tests.provider import NO_LIMIT, StandIn

SPEED = 60  # a lease of 90 s is over after 1.5


class FastClock:
    """Runs SPEED times as fast as the real one, and jumps when told to."""

    def __init__(self) -> None:
        self._moment, self._begun = datetime(2026, 11, 23, 9, tzinfo=UTC), time.monotonic()

    def __call__(self) -> datetime:
        return self._moment + timedelta(seconds=(time.monotonic() - self._begun) * SPEED)

    def forward(self, **by: float) -> None:
        self._moment += timedelta(**by)

    def seconds(self) -> float:
        return self().timestamp()


@contextmanager
def hurried(monkeypatch: pytest.MonkeyPatch, **settings: object) -> Iterator[tuple[StandIn, FastClock]]:
    """A stand-in without a limit and the clock it shares with the outbox; what waits in real time waits less."""
    fast = FastClock()
    monkeypatch.setattr(clock, "source", fast)
    monkeypatch.setattr(worker, "LONGEST_SLEEP", timedelta(milliseconds=50))
    monkeypatch.setattr(worker, "TOO_LONG", 1)  # 60 s by that clock
    monkeypatch.setattr(resend_mailer, "TIMEOUT", httpx.Timeout(0.5))  # 30 s
    with writing() as session:
        session.add(Provider(requests_a_second=NO_LIMIT))
    with StandIn(clock=fast.seconds, limit=NO_LIMIT, slow=3, stall=1, **settings) as resend:
        yield resend, fast
