"""Tables of delivery: the outbox and the local mailbox."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Index, SQLModel

from caseupdates.database import Word


class Lane(StrEnum):
    CODE = "code"  # verification codes overtake everything
    MAIL = "mail"


class Message(SQLModel, table=True):
    """One mail to one address, frozen when written; the rest are facts about its journey.

    Open while none of accepted, refused, parked, cancelled is set. A worker holds it while
    `leased_until` is ahead, and may record a result only with the `lease` number it was given.
    From `uncertain_since` on the provider may have the mail without our knowing.
    """

    __table_args__ = (Index("ix_message_open", "lane", "due_at"),)
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # Idempotency-Key, the same at every attempt
    lane: Lane = Field(default=Lane.MAIL, sa_type=Word(Lane))
    recipient: str  # the address
    payload: str  # JSON: from, to, subject, text, html, reply_to, headers, attachments; its secrets sealed
    payload_sha256: str
    topic: str = ""  # bell topic to ring when a fact below changes
    created_at: datetime
    due_at: datetime | None  # not before, and not while held; None once the journey has ended
    useless_after: datetime | None = None  # a code that has expired need not arrive
    attempts: int = 0
    lease: int = 0
    leased_until: datetime | None = None
    first_attempt_at: datetime | None = None
    attempted_at: datetime | None = None  # the latest attempt
    uncertain_since: datetime | None = None
    accepted_at: datetime | None = None
    provider_id: str | None = None
    delivered_at: datetime | None = None
    bounced_at: datetime | None = None
    refused_at: datetime | None = None
    parked_at: datetime | None = None
    cancelled_at: datetime | None = None
    detail: str = ""  # the last problem in plain words


class LocalMail(SQLModel, table=True):
    """A mail in the local mailbox, which stands in for a provider on this machine."""

    __tablename__ = "local_mail"
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    received_at: datetime
    sender: str
    recipient: str = Field(index=True)
    subject: str
    text: str  # with its secrets sealed, as in the outbox
    html: str
    attachments: str = "[]"  # JSON: name, SHA-256 and size of each
