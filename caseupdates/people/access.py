"""Who may change what the whole firm lives by."""

from sqlmodel import Session, col, select

from caseupdates.people.models import AccessLevel, Permission, Person, RolePermission
from caseupdates.refusals import NotPermitted, Refusal


class NobodyManages(Refusal):
    """After this change nobody who can sign in would manage settings, and nobody could ever take it back."""

    status = 409

    def __str__(self) -> str:
        return "Then nobody who can sign in could manage settings any more. Let somebody else manage them first."


def require_settings(by: Person) -> None:
    """Raise NotPermitted unless the person manages settings."""
    if not by.may(Permission.MANAGE_SETTINGS):
        raise NotPermitted


def require_somebody_manages(session: Session) -> None:
    """After a change of roles or people: raise NobodyManages unless somebody active can sign in and manage settings."""
    managing = select(RolePermission.role_id).where(RolePermission.permission == Permission.MANAGE_SETTINGS)
    somebody = select(Person.id).where(
        col(Person.role_id).in_(managing), col(Person.archived_at).is_(None), col(Person.password_hash).is_not(None),
        col(Person.access_level) != AccessLevel.DISABLED,
    )  # fmt: skip
    session.flush()
    if session.exec(somebody.limit(1)).first() is None:
        raise NobodyManages
