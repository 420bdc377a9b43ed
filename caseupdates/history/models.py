"""The table of what happened."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import event
from sqlmodel import Field, Relationship, SQLModel

from caseupdates.database import Word
from caseupdates.people.models import Person


class Area(StrEnum):
    """What a line is about, to filter by."""

    UPDATES = "updates"
    SENDING = "sending"
    FILES = "files"
    CASES = "cases and assignments"
    PEOPLE = "people and sign-in"
    SETTINGS = "settings"


class Event(SQLModel, table=True):
    """One line; appended, never changed: the database refuses that too (triggers of migration 0003)."""

    __tablename__ = "history"
    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    area: Area = Field(sa_type=Word(Area), index=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    what: str  # "update validated"
    about: str = ""  # the title, name or count it was done to
    network: str = ""  # the network address it was done from; empty for what the product did by itself
    person: Person | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})


@event.listens_for(Event, "before_update")
@event.listens_for(Event, "before_delete")
def _refuse(*_: object) -> None:
    raise TypeError("History is appended, never changed.")
