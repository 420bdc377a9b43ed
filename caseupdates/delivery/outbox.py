"""The outbox: where mail is put, taken back, and put in again by a person."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, update

from caseupdates import bell, clock, tokens
from caseupdates.delivery import patience
from caseupdates.delivery.mail import Mail, payload
from caseupdates.delivery.models import Batch, Lane, Message, Payload
from caseupdates.refusals import NotFound, Refusal
from caseupdates.settings import settings

GIVEN_UP = "Given up by a person."
LARGE = 100_000  # characters; a batch of a hundred such stays far below the 40 MB of a request


class NotParked(Refusal):
    status = 409

    def __str__(self) -> str:
        return "This mail is not waiting for a person any more."


def enqueue(session: Session, mail: Mail, **when: Any) -> Message:
    """Freeze one mail and put it in; as `enqueue_all`."""
    return enqueue_all(session, [mail], **when)[0]


def enqueue_all(
    session: Session,
    mails: Iterable[Mail],
    *,
    lane: Lane = Lane.MAIL,
    due_at: datetime | None = None,
    useless_after: datetime | None = None,
    topic: str = "",
    sender: str | None = None,
) -> list[Message]:
    """Freeze mails and put them in, due now unless told otherwise; raise Invalid unless each goes to one address."""
    now, sender = clock.now(), sender or settings().mail_from
    messages = [
        Message(
            key=(key := tokens.new()), lane=lane, recipient=mail.to, topic=topic, created_at=now, due_at=due_at or now,
            useless_after=useless_after, frozen=(frozen := _frozen(payload(mail, sender=sender, key=key))),
            goes_alone=bool(mail.attachments) or len(frozen.content) > LARGE,
        )
        for mail in mails
    ]  # fmt: skip
    session.add_all(messages)
    session.flush()
    bell.ring(session, bell.OUTBOX)
    return messages


def cancelled_at_once(message: Message) -> None:
    """Keep a message from ever leaving: written only so that writing it takes as long as writing another."""
    message.cancelled_at, message.due_at = message.created_at, None


def is_here(message: Message) -> bool:
    """It has certainly not left, and may be taken back."""
    return bool(message.due_at or message.parked_at) and message.batch_id is None


def cancel(session: Session, message_ids: Collection[int]) -> int:
    """Take back the messages that have certainly not left; how many that were."""
    waits = col(Message.due_at).is_not(None) | col(Message.parked_at).is_not(None)  # for its turn, or for a person
    may_have_left = col(Message.batch_id).is_not(None)
    taken_back = (
        update(Message)
        .where(col(Message.id).in_(message_ids), waits, ~may_have_left)
        .values(cancelled_at=clock.now(), due_at=None, parked_at=None, detail="")
        .returning(col(Message.topic))
    )
    topics = session.exec(taken_back).scalars().all()
    bell.ring(session, *filter(None, topics))
    return len(topics)


def retry(session: Session, message_id: int) -> Message:
    """Put a parked message in again; raise NotFound or NotParked.

    While the provider still knows the key of its batch it stays in it, so that a mail which did arrive is not sent twice.
    After that a person has decided that twice is better than never.
    """
    message = _parked(session, message_id)
    batch, now = session.get(Batch, message.batch_id) if message.batch_id else None, clock.now()
    if batch and not patience.key_protects(batch, at=now):
        batch = message.batch_id = None
    message.parked_at, message.first_attempt_at, message.attempts = None, None, 0
    # Not before a worker that has its batch in hand is done: until then it would stand first in the queue, for nobody.
    message.due_at, message.detail = max(now, batch.leased_until or now) if batch else now, ""
    session.add(message)
    bell.ring(session, bell.OUTBOX, *filter(None, [message.topic]))
    return message


def give_up(session: Session, message_id: int) -> Message:
    """Let a parked message fail for good; raise NotFound or NotParked. What was known of it stays beside it."""
    message = _parked(session, message_id)
    message.refused_at, message.parked_at = clock.now(), None
    message.detail = f"{GIVEN_UP} {message.detail}".strip()
    session.add(message)
    bell.ring(session, bell.OUTBOX, *filter(None, [message.topic]))
    return message


def _parked(session: Session, message_id: int) -> Message:
    message = session.get(Message, message_id, with_for_update=True, populate_existing=True)
    if message is None:
        raise NotFound
    if message.parked_at is None:
        raise NotParked
    return message


def _frozen(content: str) -> Payload:
    return Payload(content=content, sha256=tokens.digest(content))
