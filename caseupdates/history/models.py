"""The table of what happened."""

from datetime import datetime

from sqlmodel import Field, Relationship, SQLModel

from caseupdates.people.models import Person


class Event(SQLModel, table=True):
    __tablename__ = "history"
    id: int = Field(default=None, primary_key=True)
    at: datetime
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    what: str  # "update validated"
    about: str = ""  # the title, name or count it was done to
    person: Person | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})
