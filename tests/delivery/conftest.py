"""The post office of the tests: a provider that really listens, and workers that really run."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from caseupdates.delivery import models, pace
from tests.delivery.provider import Provider


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as listening:
        yield listening


@pytest.fixture
def account(session: Session) -> models.Provider:
    """What is known of the provider's account."""
    return pace.provider(session)
