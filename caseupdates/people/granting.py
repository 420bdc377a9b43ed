"""Roles as the firm makes them: what each permits, who holds it, add, change, remove."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from caseupdates import bell
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import names
from caseupdates.people.access import require_settings, take_turn
from caseupdates.people.administrators import OwnSettings, require_another
from caseupdates.people.models import Permission, Person, PersonKind, Role, RolePermission
from caseupdates.people.role_refusals import HeldByContacts, InUse, StillHeld
from caseupdates.people.roles import ADMINISTRATOR, HARMLESS, READY
from caseupdates.refusals import Invalid, NotFound


class Held(NamedTuple):
    """A role, and how many people hold it, archived ones too."""

    role: Role
    people: int

    @property
    def is_ready(self) -> bool:
        return self.role.name in READY


def overview(session: Session, *, by: Person) -> list[Held]:
    """Every role: those that come with the product in their order, then the firm's own by name."""
    require_settings(by)
    counts = dict(session.exec(select(Person.role_id, func.count()).group_by(col(Person.role_id))).all())
    roles = [Held(role, counts.get(role.id, 0)) for role in session.exec(select(Role))]
    order = list(READY)
    return sorted(
        roles, key=lambda each: (order.index(each.role.name) if each.is_ready else 99, each.role.name.lower())
    )


def add(session: Session, name: str, permissions: Collection[Permission], *, by: Person) -> Role:
    """A new role, held by nobody yet; raise Invalid or Taken."""
    require_settings(by)
    role = Role(name=names.free(name, _others(session)))
    with names.or_refuse(session, names.Taken(role.name)):
        session.add(role)
    _grant(session, role, permissions)
    _tell(session, role, "role added", f"{role.name} · {_may(permissions)}", by=by)
    return role


def change(session: Session, role_id: int, name: str, permissions: Collection[Permission], *, by: Person) -> Role:
    """Another name or other permissions; they hold at once.

    Raise HeldByContacts, OwnSettings, LastAdministrator, Taken, Invalid or NotFound.
    """
    role = _found(session, role_id, by=by)
    before, was = role.name, role.permissions
    _require_allowed(session, role, permissions, by=by)
    renamed = _renamed(session, role, name)
    with names.or_refuse(session, names.Taken(renamed)):
        role.name = renamed
    _grant(session, role, permissions)
    require_another(session)
    if said := _difference(before, role.name, was, frozenset(permissions)):
        _tell(session, role, "role changed", f"{before} · {said}", by=by)
    return role


def remove(session: Session, role_id: int, *, by: Person) -> None:
    """Take away a role of the firm's own that nobody holds; raise StillHeld, Invalid or NotFound."""
    role = _found(session, role_id, by=by)
    if role.name in READY:
        raise Invalid(f"“{role.name}” comes with the product and stays. You can change what it permits.")
    if held := session.exec(select(func.count()).where(Person.role_id == role.id)).one():
        raise StillHeld(role.name, held)
    with names.or_refuse(session, InUse(role.name)):
        _grant(session, role, ())
        session.delete(role)
    _tell(session, role, "role removed", role.name, by=by)


def _found(session: Session, role_id: int, *, by: Person) -> Role:
    require_settings(by)
    take_turn(session)
    role = session.exec(select(Role).where(Role.id == role_id).with_for_update(of=Role)).first()
    if role is None:
        raise NotFound
    session.refresh(role, ["name", "grants"])
    return role


def _require_allowed(session: Session, role: Role, permissions: Collection[Permission], *, by: Person) -> None:
    if Permission.MANAGE_SETTINGS not in permissions and role.name == ADMINISTRATOR:
        raise Invalid(f"“{ADMINISTRATOR}” always keeps “{Permission.MANAGE_SETTINGS}”.")
    if Permission.MANAGE_SETTINGS not in permissions and role.id == by.role_id:
        raise OwnSettings
    if set(permissions) <= HARMLESS:
        return
    contacts = select(Person.name).where(Person.role_id == role.id, Person.kind != PersonKind.EMPLOYEE)
    if holders := session.exec(contacts.order_by(Person.name)).all():
        raise HeldByContacts(role.name, holders)


def _renamed(session: Session, role: Role, name: str) -> str:
    if role.name not in READY:
        return names.free(name, _others(session), but=role.id)
    if name and name != role.name:
        raise Invalid(f"“{role.name}” comes with the product and keeps its name.")
    return role.name


def _grant(session: Session, role: Role, permissions: Collection[Permission]) -> None:
    for grant in role.grants:
        if grant.permission not in permissions:
            session.delete(grant)
    session.add_all(RolePermission(role_id=role.id, permission=each) for each in set(permissions) - role.permissions)
    session.flush()
    session.refresh(role, ["grants"])


def _others(session: Session) -> list[tuple[int, str]]:
    """Names that are given; those of the ready roles too while they wait to be made."""
    return [*session.exec(select(Role.id, Role.name)).all(), *((-1, name) for name in READY)]


def _difference(before: str, name: str, was: frozenset[Permission], now: frozenset[Permission]) -> str:
    parts = [f"now “{name}”"] if name != before else []
    parts += [f"may now {names.listed(sorted(now - was))}"] if now - was else []
    parts += [f"may no longer {names.listed(sorted(was - now))}"] if was - now else []
    return "; ".join(parts)


def _may(permissions: Collection[Permission]) -> str:
    return f"may {names.listed(sorted(permissions))}" if permissions else "may only look"


def _tell(session: Session, role: Role, what: str, about: str, *, by: Person) -> None:
    """Write it down, and let the open pages of whoever holds the role look again."""
    record(session, Area.SETTINGS, what, by=by, about=about)
    holders = session.exec(select(Person.id).where(Person.role_id == role.id)).all()
    bell.ring(session, bell.SETTINGS, *map(bell.person, holders))
