"""Verification codes: ask for one with an address, and give it back in the same browser."""

import re
from datetime import timedelta
from math import ceil

from sqlmodel import Session, col, or_, select, update

from caseupdates import clock, limits, seals, tokens
from caseupdates.delivery.models import Lane
from caseupdates.delivery.outbox import cancelled_at_once, enqueue
from caseupdates.links import evidence, mail
from caseupdates.links.access import LinkLocked, link_of, open_link
from caseupdates.links.models import Challenge, Link, Step, Visit
from caseupdates.links.visitors import Visitor
from caseupdates.links.visits import begin
from caseupdates.people import addresses
from caseupdates.people.firm import firm
from caseupdates.refusals import Invalid, Refusal, TooMany

CODE_LIFE = timedelta(minutes=10)  # OWASP ASVS 5.0, 6.5.5
TRIES = 5  # per code
WRONG_TRIES = 100  # in a link's life, then it is locked; NIST SP 800-63B-4, 3.2.2

ONE_AT_A_TIME = limits.Door("code at once", tries=1, per=timedelta(seconds=30))
AN_HOUR = 5  # codes in any hour, per link and address
BY_NETWORK = limits.Door("code by network", tries=60, per=limits.HOUR)


class WrongCode(Invalid):
    status = 401

    def __init__(self, tries_left: int) -> None:
        super().__init__(tries_left)
        self.tries_left = tries_left

    def __str__(self) -> str:
        if self.tries_left:
            again = f"You have {self.tries_left} more {'tries' if self.tries_left > 1 else 'try'}."
            return f"This code is not right. {again}"
        return "This code is not right, and there are no tries left. Ask for a new code."


class CodeExpired(Invalid):
    status = 410

    def __str__(self) -> str:
        return "This code is no longer good. Ask for a new one."


def pass_doors(session: Session, token: str, address: str, visitor: Visitor) -> None:
    """May a code be asked for now? Raise TooMany, Invalid for what is no address, or NotFound.

    Of any two at the same moment one is too early: the first door is a row that both must lock.
    """
    link, given = link_of(session, token), addresses.normalise(address)  # or each spelling would have its own tries
    limits.pass_through(session, ONE_AT_A_TIME, f"{link.id}\n{given}")
    limits.pass_through(session, BY_NETWORK, visitor.network)
    lately = select(Challenge.asked_at).where(
        Challenge.link_id == link.id, Challenge.address_hash == tokens.digest(given),
        col(Challenge.asked_at) > clock.now() - limits.HOUR,
    )  # fmt: skip
    asked = session.exec(lately.order_by(col(Challenge.id).desc()).limit(AN_HOUR)).all()
    if len(asked) == AN_HOUR:
        raise TooMany(seconds=ceil((asked[-1] + limits.HOUR - clock.now()).total_seconds()))


def ask(session: Session, token: str, address: str, visitor: Visitor) -> bool:
    """Send a code, if this address may open the link; the same rows are written for one that may not.

    Returns whether it may, for telling the sender: never for the visitor. Raise NotFound, DeadLink, or Invalid
    for what is no address at all.
    """
    _in_turn(session, token)
    link, given = open_link(session, token), addresses.normalise(address)
    known = addresses.person_with(session, given)
    is_real = known is not None and known.id == link.person_id
    now = clock.now()
    session.exec(
        update(Challenge)
        .where(
            col(Challenge.link_id) == link.id,
            or_(
                col(Challenge.address_hash) == tokens.digest(given),
                col(Challenge.visitor_hash) == visitor.cookie_hash,
            ),
            col(Challenge.ended_at).is_(None),
        )
        .values(ended_at=now)
    )
    challenge = Challenge(
        link_id=link.id, address_hash=tokens.digest(given), visitor_hash=visitor.cookie_hash, is_real=is_real,
        seal=tokens.new(), asked_at=now, expires_at=now + CODE_LIFE,
    )  # fmt: skip
    session.add(challenge)
    letter = mail.verification_code(firm(session), to=given, seal=challenge.seal, sender=link.sender.name)
    message = enqueue(session, letter, lane=Lane.CODE, useless_after=challenge.expires_at)
    if not is_real:
        cancelled_at_once(message)
    evidence.note_once(session, link, Step.OPENED, visitor)
    evidence.note(session, link, Step.CODE_REQUESTED if is_real else Step.DENIED, visitor)
    return is_real


def confirm(session: Session, token: str, typed: str, visitor: Visitor, *, key: bytes) -> Visit | Refusal:
    """A visit for the right code; a refusal is returned, not raised, for the try it cost must be kept.

    Of any number of tries at the same moment at most TRIES are looked at. Raise NotFound or DeadLink.
    """
    _in_turn(session, token)
    link = open_link(session, token)
    challenge = _take_a_try(session, link, visitor)
    if challenge is None:
        return CodeExpired()
    right = seals.code(key, challenge.seal)
    if not tokens.same(digits(typed), right) or not challenge.is_real:
        return _wrong(session, link, challenge, visitor)
    challenge.ended_at = clock.now()
    session.add(challenge)
    visit = begin(session, link, visitor)
    evidence.note(session, link, Step.VERIFIED, visitor, visit_id=visit.id)
    return visit


def pending(session: Session, link: Link, visitor: Visitor) -> Challenge | None:
    """The code this browser still waits for, so that a reloaded page asks for it again."""
    mine = select(Challenge).where(
        Challenge.link_id == link.id, Challenge.visitor_hash == visitor.cookie_hash, col(Challenge.ended_at).is_(None),
        Challenge.expires_at > clock.now(), Challenge.tries < TRIES,
    )  # fmt: skip
    return session.exec(mine.order_by(col(Challenge.id).desc())).first()


def digits(typed: str) -> str:
    """The code in what was typed or pasted, with whatever words, spaces and dashes; all digits where none is plain."""
    plain = re.search(r"(?<!\d)(\d{4})\W?(\d{4})(?!\d)", typed, re.ASCII)
    return "".join(plain.groups()) if plain else re.sub(r"\D", "", typed, flags=re.ASCII)


def _in_turn(session: Session, token: str) -> None:
    """On PostgreSQL whoever deals with codes of the same link at the same moment waits here; SQLite has one writer.

    So two who ask leave one live code, and the last wrong try locks the link once.
    """
    mine = select(Link.id).where(Link.token_hash == tokens.digest(token))
    session.exec(mine.with_for_update(key_share=True)).first()  # evidence may go on referring to the link


def _take_a_try(session: Session, link: Link, visitor: Visitor) -> Challenge | None:
    """One try of the newest code of this browser, taken in one statement: two at once cannot both have the last."""
    newest = (
        select(Challenge.id)
        .where(
            Challenge.link_id == link.id, Challenge.visitor_hash == visitor.cookie_hash,
            col(Challenge.ended_at).is_(None), Challenge.expires_at > clock.now(),
        )
        .order_by(col(Challenge.id).desc()).limit(1).scalar_subquery()
    )  # fmt: skip
    taken = (
        update(Challenge)
        .where(col(Challenge.id) == newest, col(Challenge.tries) < TRIES, col(Challenge.ended_at).is_(None))
        .values(tries=Challenge.tries + 1)
        .returning(Challenge)
    )
    fresh = {"populate_existing": True, "synchronize_session": False}
    return session.exec(taken, execution_options=fresh).scalars().first()


def _wrong(session: Session, link: Link, challenge: Challenge, visitor: Visitor) -> Refusal:
    count = update(Link).where(col(Link.id) == link.id).values(wrong_tries=Link.wrong_tries + 1)
    wrong = session.exec(count.returning(col(Link.wrong_tries))).scalar_one()
    evidence.note(session, link, Step.WRONG_CODE, visitor)
    if wrong < WRONG_TRIES:
        return WrongCode(TRIES - challenge.tries)
    link.locked_at = clock.now()
    session.add(link)
    evidence.note(session, link, Step.LOCKED, visitor)
    return LinkLocked(link)
