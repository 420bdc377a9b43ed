"""The first administrator of an empty installation, let in by a token printed on the console."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from caseupdates import clock, tokens
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import addresses, passwords, roles, sessions
from caseupdates.people.firm import name_firm
from caseupdates.people.models import AccessLevel, Person, PersonKind
from caseupdates.refusals import Invalid, NotFound


def token(secret_key: bytes) -> str:
    """The installation's welcome token, 32 hex characters; needs no storage, works while nobody exists."""
    return tokens.derive(secret_key, "welcome")[:32]


def is_open(session: Session) -> bool:
    return session.exec(select(Person.id).limit(1)).first() is None


def begin(
    session: Session, *, given: str, secret_key: bytes, firm: str, name: str, email: str, password: str,
    address: str = "", browser: str = "",
) -> str:  # fmt: skip
    """Make the first person, name the firm, and return the token of their session.

    Raise NotFound once somebody exists or for a wrong token, Invalid for what cannot be taken.
    """
    if not tokens.same(given, token(secret_key)) or not is_open(session):
        raise NotFound
    if not name.strip():
        raise Invalid("Please type your name.")
    _be_first(session, firm)
    administrator = Person(
        kind=PersonKind.EMPLOYEE, name=name.strip()[:100], email=addresses.normalise(email), created_at=clock.now(),
        role_id=roles.ready(session)[roles.ADMINISTRATOR].id, access_level=AccessLevel.FULL,
        password_hash=passwords.hashed(password),
    )  # fmt: skip
    session.add(administrator)
    session.flush()
    record(session, Area.PEOPLE, "first administrator made", by=administrator, about=administrator.email or "")
    return sessions.start(session, administrator, address=address, browser=browser)


def _be_first(session: Session, firm: str) -> None:
    """Name the firm. It has one row, so of two at the same moment the second waits for the first, and is too late."""
    name_firm(session, firm)
    try:
        session.flush()
    except IntegrityError:
        raise NotFound from None
