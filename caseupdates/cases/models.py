"""Tables of cases: assignments and access groups."""

from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from sqlalchemy import text
from sqlmodel import Field, Index, Relationship, SQLModel

from caseupdates.database import Word
from caseupdates.people.models import Client, Person, Role


class Group(StrEnum):
    """In what capacity somebody is assigned; the order is the recipient selector's."""

    CLIENT_CONTACT = "Client Contact"
    CASE_MANAGER = "Case Manager"
    INVESTIGATOR = "Investigator"
    SALESPERSON = "Salesperson"
    ADDITIONAL_EMPLOYEE = "Additional Employee"
    AFFILIATE_CONTACT = "Affiliate Contact"
    VENDOR_CONTACT = "Vendor Contact"


class Case(SQLModel, table=True):
    __tablename__ = "cases"
    id: int = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    title: str
    case_type: str
    client_id: int = Field(foreign_key="client.id", index=True)
    opened_at: datetime
    closed_at: datetime | None = None
    last_activity_at: datetime = Field(index=True)
    client: Client = Relationship(sa_relationship_kwargs={"lazy": "joined"})

    @property
    def path(self) -> str:
        """The case's page; an address writes blanks and accents of a number in its own way."""
        return f"/cases/{quote(self.number)}"


class Assignment(SQLModel, table=True):
    """A person on a case; ended, never deleted."""

    __table_args__ = (
        Index(
            "uq_assignment_active", "case_id", "person_id", "group", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip
    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    group: Group = Field(sa_type=Word(Group))
    is_primary: bool = False
    assigned_at: datetime
    ended_at: datetime | None = None
    person: Person = Relationship(sa_relationship_kwargs={"lazy": "joined"})


class CaseView(SQLModel, table=True):
    """When somebody last had a case's page open."""

    __tablename__ = "case_view"
    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    viewed_at: datetime


class AccessGroupRole(SQLModel, table=True):
    __tablename__ = "access_group_role"
    access_group_id: int = Field(foreign_key="access_group.id", primary_key=True)
    role_id: int = Field(foreign_key="role.id", primary_key=True)


class AccessGroup(SQLModel, table=True):
    """Which roles may see an update, whether it must be validated, and whether it moves the case's last update."""

    __tablename__ = "access_group"
    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    needs_validation: bool = True
    moves_last_update: bool = True
    roles: list[Role] = Relationship(link_model=AccessGroupRole, sa_relationship_kwargs={"lazy": "selectin"})

    def admits(self, person: Person) -> bool:
        return any(role.id == person.role_id for role in self.roles)
