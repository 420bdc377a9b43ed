"""A password that is hashed once: argon2 is slow on purpose. And what history says."""

import pytest
from sqlmodel import select

from caseupdates.history.models import Area, Event
from caseupdates.people import passwords
from caseupdates.people.details import Details

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


def written(session):  # type: ignore[no-untyped-def]
    """Every line of history about people: who, what, about what."""
    session.flush()
    lines = session.exec(select(Event).where(Event.area == Area.PEOPLE).order_by(Event.id))
    return [(each.person.name if each.person else None, each.what, each.about) for each in lines]


def details(of, **changed):  # type: ignore[no-untyped-def]
    """What the form of this person holds, with these fields typed anew."""
    facts = {
        "kind": of.kind, "name": of.name, "email": of.email or "", "client_id": of.client_id or 0, "role_id": of.role_id,
        "access_level": of.access_level,
    }  # fmt: skip
    return Details(**{**facts, **changed})
