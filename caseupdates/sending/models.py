"""Tables of sending: one sending, one delivery per recipient; distribution groups."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Relationship, SQLModel, UniqueConstraint

from caseupdates.database import Word
from caseupdates.delivery.models import Message
from caseupdates.links.models import Link
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Person
from caseupdates.updates.models import Revision, Update


class Channel(StrEnum):
    """What a recipient gets."""

    EMAIL = "Email + notification"
    NOTIFICATION = "Notification only"
    BLOCKED = "Blocked"


class Sending(SQLModel, table=True):
    """An act of sending one revision to chosen people.

    `number` counts an update's sendings; being unique it lets exactly one of two simultaneous senders win.
    """

    __table_args__ = (UniqueConstraint("update_id", "number"),)
    id: int = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="update.id")
    number: int
    revision_id: int = Field(foreign_key="revision.id")
    sender_id: int = Field(foreign_key="person.id")
    note: str = ""
    sent_at: datetime
    undo_until: datetime
    undone_at: datetime | None = None
    recalled_at: datetime | None = None
    update: Update = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    revision: Revision = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    sender: Person = Relationship(sa_relationship_kwargs={"lazy": "joined"})


class Delivery(SQLModel, table=True):
    """One recipient of a sending: what they were to get, where, and why."""

    __table_args__ = (UniqueConstraint("sending_id", "person_id"),)
    id: int = Field(default=None, primary_key=True)
    sending_id: int = Field(foreign_key="sending.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    group: str  # the block they were chosen from, singular: "Client Contact"
    channel: Channel = Field(sa_type=Word(Channel))
    reason: str = ""  # why there is no email
    message_id: int | None = Field(default=None, foreign_key="message.id", unique=True)
    notification_id: int = Field(foreign_key="notification.id")
    link_id: int | None = Field(default=None, foreign_key="link.id", unique=True)
    person: Person = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    message: Message | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    notification: Notification = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    link: Link | None = Relationship()


class AttachedFile(SQLModel, table=True):
    """A file that went attached to the mails of a sending."""

    __tablename__ = "attached_file"
    sending_id: int = Field(foreign_key="sending.id", primary_key=True)
    file_id: int = Field(foreign_key="file.id", primary_key=True)


class DistributionGroup(SQLModel, table=True):
    __tablename__ = "distribution_group"
    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    members: list["DistributionGroupMember"] = Relationship(sa_relationship_kwargs={"lazy": "selectin"})


class DistributionGroupMember(SQLModel, table=True):
    __tablename__ = "distribution_group_member"
    group_id: int = Field(foreign_key="distribution_group.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
