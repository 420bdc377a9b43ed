"""A password that is hashed once: argon2 is slow on purpose."""

import pytest

from caseupdates.people import passwords

PASSWORD = "four words make one"


@pytest.fixture(scope="session")
def hashed() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def password(firm, session, hashed):  # type: ignore[no-untyped-def]
    """The password of the manager, whose address is manager@example.com."""
    firm.manager.password_hash = hashed
    session.flush()
    return PASSWORD
