"""What the provider reports of a message, as the product reads it."""

import itertools
import json
from datetime import datetime

from sqlmodel import Session

from caseupdates import clock
from caseupdates.delivery import events
from caseupdates.delivery.events import Event
from caseupdates.delivery.models import Message
from tests.provider import an_event

EMAIL_ID = "56761188-7520-42d8-8898-ff6fc54ce618"
SOFT = {"bounce": {"type": "Transient", "subType": "MailboxFull", "message": "4.2.2 over quota"}}
HARD = {"bounce": {"type": "Permanent", "subType": "General", "message": "The address does not exist."}}
_numbers = itertools.count(1)


def body(message: Message, type: str = "delivered", *, at: datetime | None = None, **details: object) -> bytes:
    """The bytes of a webhook about this message; it happened now unless told otherwise."""
    moment = (at or clock.now()).timestamp()
    details.setdefault("tags", {"message": message.key})
    return json.dumps(an_event(type, email_id=EMAIL_ID, at=moment, **details)).encode()


def report(
    message: Message, type: str = "delivered", *, id: str = "", at: datetime | None = None, **details: object
) -> Event:
    """An event of its own about this message."""
    event = events.read(id or f"msg_{next(_numbers)}", body(message, type, at=at, **details))
    assert event
    return event


def silent(_session: Session, _message: Message) -> None:
    """Nobody to tell of trouble."""
