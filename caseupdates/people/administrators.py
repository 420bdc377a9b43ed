"""Somebody can always manage settings: nobody takes away the last way to, nor their own by accident."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from caseupdates.people.models import AccessLevel, Permission, Person, RolePermission
from caseupdates.refusals import Refusal


class LastAdministrator(Refusal):
    status = 409

    def __str__(self) -> str:
        return "Nobody else who can sign in manages settings. Give somebody a role that does first."


class OwnSettings(Refusal):
    status = 409

    def __str__(self) -> str:
        return "You would shut yourself out of the settings. Ask another administrator to do this."


def require_another(session: Session, *which: ColumnElement[bool]) -> None:
    """Raise LastAdministrator unless one of `which` manages settings and can sign in; `people.access.take_turn` first."""
    left = select(Person.id).where(*_manages_settings(), *which)
    if session.exec(left.limit(1)).first() is None:
        raise LastAdministrator


def administrators(session: Session) -> Sequence[Person]:
    """Everybody who manages settings and can sign in."""
    return session.exec(select(Person).where(*_manages_settings()).order_by(col(Person.id))).all()


def require_dispensable(session: Session, person: Person, *, by: Person) -> None:
    """May this person stop managing settings? Raise OwnSettings for oneself, LastAdministrator for the last."""
    if not person.may(Permission.MANAGE_SETTINGS):
        return
    if person.id == by.id:
        raise OwnSettings
    require_another(session, col(Person.id) != person.id)


def _manages_settings() -> tuple[ColumnElement[bool], ...]:
    roles = select(RolePermission.role_id).where(RolePermission.permission == Permission.MANAGE_SETTINGS)
    return (
        col(Person.role_id).in_(roles), col(Person.password_hash).is_not(None), col(Person.archived_at).is_(None),
        col(Person.access_level) != AccessLevel.DISABLED,
    )  # fmt: skip
