"""Who may change what the whole firm lives by."""

from sqlmodel import Session, col, select

from caseupdates.people.models import Permission, Person, RolePermission
from caseupdates.refusals import NotPermitted


def require_settings(by: Person) -> None:
    """Raise NotPermitted unless the person manages settings."""
    if not by.may(Permission.MANAGE_SETTINGS):
        raise NotPermitted


def take_turn(session: Session) -> None:
    """Wait for whoever else changes people or roles now: rules that look at many rows hold only one after the other.

    SQLite has one writer. On PostgreSQL all of them lock what permits to manage settings; some of it always exists.
    """
    grants = select(RolePermission).where(RolePermission.permission == Permission.MANAGE_SETTINGS)
    session.exec(grants.order_by(col(RolePermission.role_id)).with_for_update()).all()
