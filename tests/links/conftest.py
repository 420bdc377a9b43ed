"""A gate to stand before: in the test's own transaction, or committed for those that come from several sides."""

import functools
from collections.abc import Callable

import pytest
from sqlmodel import Session

from caseupdates.database import writing
from tests.links.story import Gate, inside
from tests.stories import Firm


@pytest.fixture
def sent(session: Session, firm: Firm) -> Callable[..., Gate]:
    """Send the files on terms of one's own: `needs_verification`, `life`, `to`."""
    return functools.partial(Gate, firm, functools.partial(inside, session))


@pytest.fixture
def gate(sent: Callable[..., Gate]) -> Gate:
    """The files behind identity verification, for 7 days."""
    return sent()


@pytest.fixture
def unguarded(sent: Callable[..., Gate]) -> Gate:
    """The files without identity verification: whoever has the link opens them."""
    return sent(needs_verification=False)


@pytest.fixture
def lasting(standing: Firm) -> Gate:
    """The files behind identity verification, every step a transaction that is committed."""
    return Gate(standing, writing)
