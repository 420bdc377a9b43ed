"""Tables of people: who they are, what their role permits, their sessions and preferences."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Relationship, SQLModel, UniqueConstraint

from caseupdates.database import Word


class PersonKind(StrEnum):
    EMPLOYEE = "employee"
    CLIENT_CONTACT = "client contact"
    AFFILIATE_CONTACT = "affiliate contact"
    VENDOR_CONTACT = "vendor contact"


class AccessLevel(StrEnum):
    DISABLED = "Disabled"
    LIMITED = "Limited"  # only the cases they are assigned to
    FULL = "Full"


class Bounce(StrEnum):
    """What made an address refuse mail."""

    BOUNCED = "address bounced"
    COMPLAINED = "mail marked as spam"
    SUPPRESSED = "address suppressed by the mail provider"


class Permission(StrEnum):
    CREATE_UPDATES = "create updates"
    VALIDATE_UPDATES = "validate updates"
    SEND_UPDATES = "send updates"
    ASSIGN_USERS = "assign users"
    UPLOAD_FILES = "upload files"
    VIEW_HISTORY = "view history"
    MANAGE_SETTINGS = "manage settings"


class Kind(StrEnum):
    """What a notification is about; email can be switched per kind."""

    CASE_UPDATE = "case update"
    WAITING_FOR_VALIDATION = "update waiting for validation"
    REPLY = "reply to my update"
    LINK_OPENED = "my link was opened"
    LINK_TROUBLE = "my link was refused or has expired"
    DELIVERY_FAILED = "delivery failed"
    ASSIGNED = "assigned to a case"


class Role(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    grants: list["RolePermission"] = Relationship(sa_relationship_kwargs={"lazy": "selectin"})

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset(grant.permission for grant in self.grants)


class RolePermission(SQLModel, table=True):
    __tablename__ = "role_permission"
    role_id: int = Field(foreign_key="role.id", primary_key=True)
    permission: Permission = Field(sa_type=Word(Permission), primary_key=True)


class Firm(SQLModel, table=True):
    """The firm whose installation this is; one row."""

    id: int = Field(default=1, primary_key=True)
    name: str
    reply_to: str | None = None  # where answers to our mails go
    contact: str = ""  # whom outsiders ask for help, one line
    email_signature: str = ""  # Markdown, for {{Company.email_signature}}
    time_zone: str = "UTC"  # "Europe/London": dates in mails and on the gate are said in it
    logo_sha256: str | None = None  # in the store of files
    logo_type: str = ""  # its media type
    attach_files: bool = False  # what the dialog "Send Update" begins with
    links_expire: str = "7 days"  # one of links.expiry.Expiry
    verify_identity: bool = False

    @property
    def logo_path(self) -> str:
        """Where browsers find the logo; the name changes with the picture, so that they may keep it. Empty without one."""
        return f"/logo?v={self.logo_sha256[:16]}" if self.logo_sha256 else ""


class Client(SQLModel, table=True):
    """The company that a case is worked for, and its contacts belong to."""

    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class Person(SQLModel, table=True):
    """Someone who works for the firm or receives from it; archived, never deleted."""

    id: int = Field(default=None, primary_key=True)
    kind: PersonKind = Field(sa_type=Word(PersonKind))
    name: str = Field(index=True)
    email: str | None = Field(default=None, unique=True)  # normalised by people.addresses
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    role_id: int = Field(foreign_key="role.id")
    access_level: AccessLevel = Field(default=AccessLevel.LIMITED, sa_type=Word(AccessLevel))
    password_hash: str | None = None  # argon2id; without one the person cannot sign in
    created_at: datetime
    archived_at: datetime | None = None
    bounced_at: datetime | None = None  # the address refused mail; nothing is mailed until reactivated
    bounce: Bounce = Field(default=Bounce.BOUNCED, sa_type=Word(Bounce))  # how; means nothing without `bounced_at`
    role: Role = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    client: Client | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})

    @property
    def is_employee(self) -> bool:
        return self.kind is PersonKind.EMPLOYEE

    @property
    def is_active(self) -> bool:
        return self.archived_at is None and self.access_level is not AccessLevel.DISABLED

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and self.password_hash is not None

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    def may(self, permission: Permission) -> bool:
        """Does the role carry this permission? Cases are asked separately: `cases.access`."""
        return self.is_active and permission in self.role.permissions


class EmailAlias(SQLModel, table=True):
    __tablename__ = "email_alias"
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    address: str = Field(unique=True)


class SignInSession(SQLModel, table=True):
    """A signed-in browser; the cookie holds the token, this row only its hash."""

    __tablename__ = "sign_in_session"
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    token_hash: str = Field(unique=True)
    started_at: datetime
    expires_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    address: str = ""  # network address it was started from
    browser: str = ""
    person: Person = Relationship(sa_relationship_kwargs={"lazy": "joined"})


class SilencedKind(SQLModel, table=True):
    """A kind of notification for which the firm sends nobody an email."""

    __tablename__ = "silenced_kind"
    kind: Kind = Field(sa_type=Word(Kind), primary_key=True)
    silenced_by_id: int = Field(foreign_key="person.id")
    silenced_at: datetime


class Invitation(SQLModel, table=True):
    """A mailed way to choose a password, once; `seal` is broken when the mail is handed over (seals.py)."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    invited_by_id: int = Field(foreign_key="person.id")
    seal: str = Field(unique=True)
    token_hash: str = Field(unique=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None  # a newer one was sent, or the person archived
    person: Person = Relationship(sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Invitation.person_id"})
    invited_by: Person = Relationship(
        sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Invitation.invited_by_id"}
    )

    @property
    def is_own(self) -> bool:
        """Asked for by the person who forgot their password."""
        return self.person_id == self.invited_by_id


class Preference(SQLModel, table=True):
    """Whether a person wants email for a kind of notification; no row means yes."""

    __table_args__ = (UniqueConstraint("person_id", "kind"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: Kind = Field(sa_type=Word(Kind))
    email: bool
