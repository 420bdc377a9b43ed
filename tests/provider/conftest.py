"""A stand-in with a clock that stands still, and somebody who asks it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.provider import StandIn
from tests.provider.asking import asking


class Clock:
    """Seconds since 1970 that pass only when told to; it starts at 23:00 UTC on the last day of a month."""

    def __init__(self) -> None:
        self.moment = 1_796_079_600.0

    def __call__(self) -> float:
        return self.moment

    def forward(self, *, seconds: float = 0, hours: float = 0) -> None:
        self.moment += seconds + 3600 * hours


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def resend(time: Clock) -> Iterator[StandIn]:
    with StandIn(clock=time, limit=1000) as running:
        yield running


@pytest.fixture
def http(resend: StandIn) -> Iterator[httpx.Client]:
    with asking(resend.url) as client:
        yield client


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
