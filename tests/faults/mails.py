"""The mails of a busy firm: letters, letters with attachments, codes, and some that no provider takes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, exists, select

from caseupdates import clock
from caseupdates.database import reading, writing
from caseupdates.delivery import outbox
from caseupdates.delivery.mail import Attachment, Mail, complete
from caseupdates.delivery.models import Lane, Message, Payload
from caseupdates.delivery.resend_mailer import ResendMailer
from tests.provider import StandIn

PICTURE = b"The van, seen from the bridge." * 40
ATTACHMENT = Attachment("van.jpg", sha256(PICTURE).hexdigest(), len(PICTURE))
CODE_LIFE = timedelta(minutes=10)

Written = dict[str, str]  # what each mail says, frozen, by its key

opened: Callable[[str], str] = partial(complete, key=b"k" * 32, content=lambda _sha256: PICTURE)


def mailer(url: str) -> ResendMailer:
    return ResendMailer("re_secret", api_url=url, opened=opened)


def letter(n: int = 0, *, attached: bool = False, is_wrong: bool = False) -> Mail:
    """`is_wrong` for one that says nothing: the provider refuses it."""
    text = "" if is_wrong else "The van left at 06:12."
    attachments = (ATTACHMENT,) if attached else ()
    return Mail(to=f"client{n}@example.com", subject=f"Night {n}", text=text, html=text, attachments=attachments)


def is_wrong(n: int) -> bool:
    return n % 50 in (2, 7)  # one of them has an attachment


def put_in(session: Session, count: int) -> list[Message]:
    """So many mails: of ten one is a code, four have an attachment, five go together; of fifty two are refused."""
    mails = [letter(n, attached=n % 10 < 4, is_wrong=is_wrong(n)) for n in range(count)]
    codes, others = mails[9::10], [mail for n, mail in enumerate(mails) if n % 10 != 9]
    written = outbox.enqueue_all(session, codes, lane=Lane.CODE, useless_after=clock.now() + CODE_LIFE)
    return written + outbox.enqueue_all(session, others)


def put_in_now(count: int) -> Written:
    with writing() as session:
        return {each.key: each.payload for each in put_in(session, count)}


@dataclass
class Ends:
    """Where the mails have come to, by their keys."""

    open: set[str] = field(default_factory=set)
    accepted: dict[str, str] = field(default_factory=dict)  # with the provider's id
    refused: set[str] = field(default_factory=set)
    uncertain: set[str] = field(default_factory=set)  # parked, and the provider may have it
    given_up: set[str] = field(default_factory=set)  # parked, and the provider never took it
    cancelled: set[str] = field(default_factory=set)

    @property
    def count(self) -> dict[str, int]:
        return {name: len(keys) for name, keys in vars(self).items()}


def ends() -> Ends:
    """Each mail in the one end it has; one that had two, or none, would fail here."""
    found = Ends()
    with reading() as session:
        for message in session.execute(select(Message)).scalars():
            _sort(found, message)
    return found


def _sort(found: Ends, message: Message) -> None:
    # Of a mail put in again and then taken back an event may tell that it had arrived the first time.
    cancelled_at = None if message.accepted_at else message.cancelled_at
    facts = (message.due_at, message.accepted_at, message.refused_at, message.parked_at, cancelled_at)
    assert sum(fact is not None for fact in facts) == 1, message
    if message.accepted_at:
        assert message.provider_id
        found.accepted[message.key] = message.provider_id
        return
    parked = found.uncertain if message.batch_id else found.given_up
    places = (found.open, set[str](), found.refused, parked, found.cancelled)
    next(place for place, fact in zip(places, facts, strict=True) if fact).add(message.key)


def some_are_open() -> bool:
    with reading() as session:
        return bool(session.scalar(select(exists().where(col(Message.due_at).is_not(None)))))


def payloads() -> Written:
    """What each mail says now."""
    with reading() as session:
        rows = session.execute(select(Message.key, Payload.content).join(Payload, Payload.message_id == Message.id))
        return {row.key: row.content for row in rows}


def ids_given(resend: StandIn) -> dict[str, str]:
    """Under which id the provider has each mail."""
    return {each.reference: each.id for each in resend.account.mails}


def said(resend: StandIn) -> dict[str, dict[str, Any]]:
    """What the provider has of each mail."""
    return {each.reference: each.mail for each in resend.account.mails}
