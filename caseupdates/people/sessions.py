"""Signing in and out. A session is a row; ending the row ends it everywhere at once."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from caseupdates import bell, clock, tokens
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import addresses, passwords
from caseupdates.people.access import require_settings
from caseupdates.people.listing import person_numbered
from caseupdates.people.models import Permission, Person, SignInSession
from caseupdates.refusals import Invalid, NotPermitted, NotSignedIn

LIFE = timedelta(hours=12)  # a working day; OWASP ASVS 5.0, 7.3.2 asks for an absolute limit


class WrongPassword(Invalid):
    status = 401

    def __str__(self) -> str:
        return "The email or the password is not right."


def sign_in(session: Session, *, email: str, password: str, address: str = "", browser: str = "") -> str:
    """Start a session and return its token; raise WrongPassword, the same for unknown and disabled people."""
    known = _known(session, email)
    if not passwords.matches(password, known.password_hash if known else None) or known is None:
        raise WrongPassword
    record(session, Area.PEOPLE, "signed in", by=known)
    return start(session, known, address=address, browser=browser)


def note_refused(session: Session, email: str) -> None:
    """Write down a refused sign-in, in a transaction of its own. What else was typed as an address may be a password."""
    try:
        typed = addresses.normalise(email)
        is_known = addresses.person_with(session, typed) is not None
    except Invalid:
        typed, is_known = "", False
    record(session, Area.PEOPLE, "sign-in refused", by=None, about=typed if is_known else "an unknown address")


def start(session: Session, person: Person, *, address: str = "", browser: str = "") -> str:
    """A new session for someone who has proved who they are; returns the token for the cookie."""
    token, now = tokens.new(), clock.now()
    session.add(
        SignInSession(
            person_id=person.id, token_hash=tokens.digest(token), started_at=now, seen_at=now,
            expires_at=now + LIFE, address=address, browser=browser[:200],
        )
    )  # fmt: skip
    return token


def person_of(session: Session, token: str) -> Person:
    """Who holds this session token now; raise NotSignedIn for a token unknown, ended, or out of date."""
    found = session.exec(select(SignInSession).where(SignInSession.token_hash == tokens.digest(token))).first()
    if found is None or found.ended_at or found.expires_at <= clock.now() or not found.person.can_sign_in:
        raise NotSignedIn
    return found.person


def sign_out(session: Session, token: str) -> None:
    """End this session; its open pages notice at once. Unknown tokens are ended already."""
    found = session.exec(select(SignInSession).where(SignInSession.token_hash == tokens.digest(token))).first()
    if found and found.ended_at is None:
        found.ended_at = clock.now()
        record(session, Area.PEOPLE, "signed out", by=found.person)
        bell.ring(session, bell.person(found.person_id))


def live(session: Session, *, by: Person) -> Sequence[SignInSession]:
    """A person's own sessions, the newest first."""
    return _live(session, by.id)


def live_of(session: Session, person_id: int, *, by: Person) -> Sequence[SignInSession]:
    """Anybody's sessions, for whoever manages settings; none of somebody who cannot sign in any more."""
    require_settings(by)
    return [each for each in _live(session, person_id) if each.person.can_sign_in]


def end_others(session: Session, token: str, *, by: Person) -> int:
    """End every session of one's own but the one with this token; how many that were."""
    ended = _end(session, by, col(SignInSession.token_hash) != tokens.digest(token))
    if ended:
        record(session, Area.PEOPLE, "signed out elsewhere", by=by)
    return ended


def end_all(session: Session, person: Person, *, by: Person) -> int:
    """End every session of a person: their own, or anybody's by an administrator; how many that were."""
    if by.id != person.id and not by.may(Permission.MANAGE_SETTINGS):
        raise NotPermitted
    return _end(session, person)


def end_all_of(session: Session, person_id: int, *, by: Person) -> int:
    """The same by the person's id, as an administrator does it; raise NotFound."""
    person = person_numbered(session, person_id, by=by)
    ended = end_all(session, person, by=by)
    record(session, Area.PEOPLE, "sessions ended", by=by, about=person.name)
    bell.ring(session, bell.SETTINGS)
    return ended


def _live(session: Session, person_id: int) -> Sequence[SignInSession]:
    theirs = select(SignInSession).where(SignInSession.person_id == person_id, col(SignInSession.ended_at).is_(None))
    current = theirs.where(SignInSession.expires_at > clock.now())
    return session.exec(current.order_by(col(SignInSession.started_at).desc())).all()


def _known(session: Session, email: str) -> Person | None:
    try:
        person = addresses.person_with(session, addresses.normalise(email))
    except Invalid:
        return None
    return person if person and person.can_sign_in else None


def _end(session: Session, person: Person, *which: ColumnElement[bool]) -> int:
    ended = session.exec(
        update(SignInSession)
        .where(col(SignInSession.person_id) == person.id, col(SignInSession.ended_at).is_(None), *which)
        .values(ended_at=clock.now())
    )
    bell.ring(session, bell.person(person.id))
    return ended.rowcount
