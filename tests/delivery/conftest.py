"""The post office of the tests: a provider that really listens, and workers that really run."""

from collections.abc import Iterator

import pytest

from tests.delivery.provider import Provider


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as listening:
        yield listening
