"""Tables of sending: one sending, one delivery per recipient; distribution groups; the email template."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Relationship, SQLModel, UniqueConstraint

from caseupdates.cases.models import Group
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
    """People named, and people told by a rule; resolved when sent."""

    __tablename__ = "distribution_group"
    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    members: list["DistributionGroupMember"] = Relationship(
        sa_relationship_kwargs={"lazy": "selectin", "cascade": "all, delete-orphan"}
    )
    rules: list["DistributionGroupRule"] = Relationship(
        sa_relationship_kwargs={"lazy": "selectin", "cascade": "all, delete-orphan"}
    )


class DistributionGroupMember(SQLModel, table=True):
    __tablename__ = "distribution_group_member"
    group_id: int = Field(foreign_key="distribution_group.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    person: Person = Relationship(sa_relationship_kwargs={"lazy": "joined"})


class DistributionGroupRule(SQLModel, table=True):
    """Whoever is on the case in this capacity when it is sent: all of them, or the primary alone."""

    __tablename__ = "distribution_group_rule"
    group_id: int = Field(foreign_key="distribution_group.id", primary_key=True)
    assigned_as: Group = Field(sa_type=Word(Group), primary_key=True)
    only_primary: bool = Field(default=False, primary_key=True)


class EmailTemplate(SQLModel, table=True):
    """A version of the case update email; the newest is in force, none means the one that comes with the product."""

    __tablename__ = "email_template"
    id: int = Field(default=None, primary_key=True)
    subject: str
    body: str  # Markdown with variables
    saved_by_id: int = Field(foreign_key="person.id")
    saved_at: datetime
    saved_by: Person = Relationship(sa_relationship_kwargs={"lazy": "joined"})
