"""Tables of files: what was uploaded, with which revision it goes, and what waits in a draft."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, Relationship, SQLModel

from caseupdates.people.models import Person


class File(SQLModel, table=True):
    """A file of a case. Its content lies in the store under its SHA-256 and never changes."""

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    name: str  # cleaned by files.names
    media_type: str  # told from the content by files.kinds
    size: int = Field(sa_type=BigInteger)  # bytes
    sha256: str = Field(index=True)  # 64 hex characters
    uploaded_by_id: int = Field(foreign_key="person.id")
    uploaded_at: datetime
    filed_at: datetime | None = None  # put into the case's Files directly, with no update
    uploaded_by: Person = Relationship(sa_relationship_kwargs={"lazy": "joined"})


class RevisionFile(SQLModel, table=True):
    """A file that goes with a revision; written with it, never changed."""

    __tablename__ = "revision_file"
    revision_id: int = Field(foreign_key="revision.id", primary_key=True)
    file_id: int = Field(foreign_key="file.id", primary_key=True, index=True)
    position: int  # 0, 1, … as chosen


class DraftFile(SQLModel, table=True):
    """A file that waits in a draft; it goes when the draft goes."""

    __tablename__ = "draft_file"
    draft_id: int = Field(foreign_key="draft.id", primary_key=True, ondelete="CASCADE")
    file_id: int = Field(foreign_key="file.id", primary_key=True)
    position: int
