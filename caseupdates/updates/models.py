"""Tables of updates: an update is the sum of its revisions, each written once and never changed."""

from datetime import datetime

from sqlmodel import Field, Relationship, SQLModel, UniqueConstraint

from caseupdates.cases.models import AccessGroup, Case
from caseupdates.people.models import Person


class Update(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    reply_to_id: int | None = Field(default=None, foreign_key="update.id")
    created_at: datetime
    case: Case = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    author: Person = Relationship(sa_relationship_kwargs={"lazy": "joined"})


class Revision(SQLModel, table=True):
    """What an update said at one time. Only the validation facts are added later."""

    __table_args__ = (UniqueConstraint("update_id", "number"),)
    id: int = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="update.id")
    number: int  # 1, 2, … within the update
    title: str
    body: str  # Markdown
    access_group_id: int = Field(foreign_key="access_group.id")
    written_by_id: int = Field(foreign_key="person.id")
    written_at: datetime
    validated_by_id: int | None = Field(default=None, foreign_key="person.id")
    validated_at: datetime | None = None
    update: Update = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    access_group: AccessGroup = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    written_by: Person = Relationship(
        sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Revision.written_by_id"}
    )
    validated_by: Person | None = Relationship(
        sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Revision.validated_by_id"}
    )

    @property
    def is_validated(self) -> bool:
        return self.validated_at is not None


class Draft(SQLModel, table=True):
    """What somebody was typing: of a new update (`about` is "new" or "reply:<id>") or an edit ("edit:<id>")."""

    __table_args__ = (UniqueConstraint("person_id", "case_id", "about"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    case_id: int = Field(foreign_key="cases.id")
    about: str
    title: str
    body: str
    access_group_id: int | None = Field(default=None, foreign_key="access_group.id")
    saved_at: datetime
