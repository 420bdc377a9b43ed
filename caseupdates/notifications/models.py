"""The table of notifications."""

from datetime import datetime

from sqlmodel import Field, Index, Relationship, SQLModel

from caseupdates.database import Word
from caseupdates.people.models import Kind, Person


class Notification(SQLModel, table=True):
    """One person's notice, with its content frozen as it was."""

    __table_args__ = (Index("ix_notification_newest", "person_id", "id"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: Kind = Field(sa_type=Word(Kind))
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    title: str
    summary: str  # one line under the title
    body: str = ""  # Markdown as sent; empty where the title says all
    path: str = ""  # page it leads to, e.g. /cases/2026-0142/updates/7
    topic: str = ""  # bell topic to ring when it is read
    created_at: datetime
    read_at: datetime | None = None
    withdrawn_at: datetime | None = None  # its sending was undone
    actor: Person | None = Relationship(
        sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Notification.actor_id"}
    )
