"""Tables of delivery: the outbox, the requests made of it, what the provider reports, and the local mailbox."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Field, Index, Relationship, SQLModel

from caseupdates.database import Word

_IS_OPEN, _IS_PARKED = text("due_at IS NOT NULL"), text("parked_at IS NOT NULL")
_IS_UNHEARD_OF = text("ask_at IS NOT NULL")
_IS_TAKEN, _IS_ACCEPTED = text("batch_id IS NOT NULL"), text("accepted_at IS NOT NULL")


class Lane(StrEnum):
    CODE = "code"  # verification codes overtake everything
    MAIL = "mail"


class Message(SQLModel, table=True):
    """One mail to one address, frozen when written; the rest are facts about its journey.

    Open while it has a `due_at`. It is in a batch from the moment a worker takes it for as long as the provider may
    have it; an attempt that certainly came to nothing takes it out again.
    """

    __table_args__ = (
        # Of the few that are open, wait for a person or are to be asked about: a million others make finding them no slower.
        Index("ix_message_due", "lane", "due_at", "id", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("ix_message_parked_at", "parked_at", sqlite_where=_IS_PARKED, postgresql_where=_IS_PARKED),
        Index("ix_message_ask_at", "ask_at", sqlite_where=_IS_UNHEARD_OF, postgresql_where=_IS_UNHEARD_OF),
        # Not of those that wait: PostgreSQL would look for the next to leave among all that are in no batch.
        Index("ix_message_batch_id", "batch_id", sqlite_where=_IS_TAKEN, postgresql_where=_IS_TAKEN),
        Index("ix_message_accepted_at", "accepted_at", sqlite_where=_IS_ACCEPTED, postgresql_where=_IS_ACCEPTED),
    )
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # names it to the provider, which repeats it in its events
    lane: Lane = Field(default=Lane.MAIL, sa_type=Word(Lane))
    recipient: str  # the address
    topic: str = ""  # bell topic to ring when a fact below changes
    goes_alone: bool = False  # in a request of its own: it has attachments, or a batch was refused because of it
    created_at: datetime
    due_at: datetime | None  # not before, and not while held; None once the journey to the provider has ended
    useless_after: datetime | None = None  # a code that has expired need not arrive
    batch_id: int | None = Field(default=None, foreign_key="batch.id")
    attempts: int = 0
    first_attempt_at: datetime | None = None
    accepted_at: datetime | None = None
    provider_id: str | None = None
    ask_at: datetime | None = None  # when to ask the provider what became of it, unless an event has told by then
    delivered_at: datetime | None = None
    delayed_at: datetime | None = None
    bounced_at: datetime | None = None
    complained_at: datetime | None = None
    failed_at: datetime | None = None  # by the provider, after it had accepted
    suppressed_at: datetime | None = None  # the provider does not send to this address
    refused_at: datetime | None = None
    parked_at: datetime | None = None
    cancelled_at: datetime | None = None
    detail: str = ""  # the last problem in plain words
    frozen: "Payload" = Relationship(sa_relationship_kwargs={"uselist": False})

    @property
    def payload(self) -> str:
        """What was frozen, as JSON."""
        return self.frozen.content


class Payload(SQLModel, table=True):
    """What a mail says, apart from the facts of its journey: they change often and are small, this never changes."""

    message_id: int | None = Field(default=None, foreign_key="message.id", primary_key=True)
    content: str  # JSON: from, to, subject, text, html, reply_to, headers, tags, attachments; its secrets sealed
    sha256: str


class Batch(SQLModel, table=True):
    """One request to the provider, the same at every attempt: its key, and the messages that refer to it.

    A worker holds it while `leased_until` is ahead, and may record a result only with the `lease` number it was given.
    From `created_at` on the provider may have it without our knowing.
    """

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # Idempotency-Key
    created_at: datetime
    attempted_at: datetime = Field(index=True)  # the latest attempt; the memory of how many requests were made
    lease: int = 1
    leased_until: datetime | None = None


class Pause(StrEnum):
    """Why the whole queue waits."""

    LIMIT = "limit"  # requests a second
    QUOTA = "quota"  # mails a day or a month
    ACCOUNT = "account"  # key, domain, suspension: for a person to mend


class Provider(SQLModel, table=True):
    """What is known of the provider's account, shared by all workers; one row."""

    id: int = Field(default=1, primary_key=True)
    requests_a_second: int  # what the provider allows
    others: int = 0  # of these, how many somebody else's program uses
    next_at: datetime | None = None  # no request before
    turns: int = 0  # how many requests were made so far
    fastest: float | None = None  # seconds from a request to its answer
    pause: Pause | None = Field(default=None, sa_type=Word(Pause))
    paused_since: datetime | None = None
    paused_until: datetime | None = None
    paused_why: str = ""
    key_hash: str = ""  # of the API key in use: another one is worth a try at once
    answered_at: datetime | None = None  # the latest answer, whatever it was
    accepted_at: datetime | None = None  # the latest request that was accepted
    clock_off: float | None = None  # seconds by which our clock is ahead of the provider's
    domain_status: str = ""  # of the domain mail is sent from, in the provider's words: "verified"
    domain_checked_at: datetime | None = None
    event_at: datetime | None = None  # the latest event that came
    event_refused_at: datetime | None = None  # the latest that was not signed as it must be
    event_refused_why: str = ""


class ProviderEvent(SQLModel, table=True):
    """Something the provider reported of a mail; each is kept once, whatever it did."""

    __tablename__ = "provider_event"
    id: int = Field(default=None, primary_key=True)
    event_id: str = Field(unique=True)  # svix-id, the same when an event is sent again
    message_id: int = Field(foreign_key="message.id", index=True)
    kind: str  # "email.delivered"
    occurred_at: datetime
    received_at: datetime
    detail: str = ""


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
