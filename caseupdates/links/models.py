"""Tables of links: who may open what until when, codes, visits, and the evidence of what people did."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger
from sqlmodel import Field, Index, Relationship, SQLModel

from caseupdates.database import Word
from caseupdates.files.models import File
from caseupdates.people.models import Person
from caseupdates.updates.models import Revision


class Step(StrEnum):
    """What somebody did with a link; the order is that of the ladder."""

    OPENED = "link opened"
    CODE_REQUESTED = "code requested"
    VERIFIED = "verified"
    VIEWED = "viewed"
    DOWNLOADED = "downloaded"
    DENIED = "denied"  # an address that may not open it
    WRONG_CODE = "wrong code"
    LOCKED = "locked"
    ASKED_AGAIN = "asked for a new link"


class Link(SQLModel, table=True):
    """One recipient's way to the files of one sending.

    The token is an HMAC of `seal` under the installation's key: it is in mails, and nowhere in the database.
    Whether a link still leads anywhere is derived: links.access.
    """

    id: int = Field(default=None, primary_key=True)
    seal: str  # random; with the installation's key it gives the token
    token_hash: str = Field(unique=True)  # SHA-256
    revision_id: int = Field(foreign_key="revision.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    sender_id: int = Field(foreign_key="person.id")
    email: str | None  # the recipient's address when it was sent; another one ends the link
    needs_assignment: bool  # chosen as assigned to the case: ends with the assignment
    needs_verification: bool
    created_at: datetime
    expires_at: datetime | None  # None: when the case closes
    revoked_at: datetime | None = None
    locked_at: datetime | None = None
    wrong_tries: int = 0  # wrong codes in the link's life
    revision: Revision = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    person: Person = Relationship(sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Link.person_id"})
    sender: Person = Relationship(sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Link.sender_id"})


class LinkFile(SQLModel, table=True):
    """A file that a link leads to, and how much of it has gone out from its beginning on without a gap."""

    __tablename__ = "link_file"
    link_id: int = Field(foreign_key="link.id", primary_key=True)
    file_id: int = Field(foreign_key="file.id", primary_key=True)
    position: int
    sent: int = Field(default=0, sa_type=BigInteger)  # bytes of a download that may be resumed
    file: File = Relationship(sa_relationship_kwargs={"lazy": "joined"})


class Challenge(SQLModel, table=True):
    """A verification code that was asked for, by whatever address: one that may not open the link gets a row too.

    The code is an HMAC of `seal` under the installation's key; neither it nor a hash of its 8 digits is stored.
    It works only in the browser that asked for it.
    """

    __table_args__ = (Index("ix_challenge_browser", "link_id", "visitor_hash"),)
    id: int = Field(default=None, primary_key=True)
    link_id: int = Field(foreign_key="link.id")
    address_hash: str
    visitor_hash: str  # SHA-256 of the visitor cookie
    is_real: bool  # the address may open the link
    seal: str
    asked_at: datetime
    expires_at: datetime
    tries: int = 0
    ended_at: datetime | None = None  # used, or replaced by a newer one


class Visit(SQLModel, table=True):
    """A window that is open on a link. Without a page that renews it, the lease runs out."""

    __table_args__ = (Index("ix_visit_browser", "link_id", "visitor_hash"),)
    id: int = Field(default=None, primary_key=True)
    link_id: int = Field(foreign_key="link.id")
    visitor_hash: str  # SHA-256 of the visitor cookie
    begun_at: datetime
    leased_until: datetime
    ends_at: datetime  # whatever the window does
    ended_at: datetime | None = None


class LinkEvent(SQLModel, table=True):
    """Something a person did with a link, when, and from where. Appended, never changed."""

    __tablename__ = "link_event"
    id: int = Field(default=None, primary_key=True)
    link_id: int = Field(foreign_key="link.id", index=True)
    step: Step = Field(sa_type=Word(Step))
    file_id: int | None = Field(default=None, foreign_key="file.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    at: datetime
    network: str = ""  # network address of the visitor
    browser: str = ""
    file: File | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})
