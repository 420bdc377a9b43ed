"""Roles as rows, and their permissions in plain words."""

from dataclasses import dataclass, field

from sqlmodel import Session

from caseupdates.interface.show import counted
from caseupdates.people import granting
from caseupdates.people.meanings import MEANINGS
from caseupdates.people.models import Permission, Person, Role
from caseupdates.people.names import listed
from caseupdates.people.roles import ADMINISTRATOR


@dataclass
class PermissionBox:
    """A permission to tick."""

    name: str = ""  # of the box
    label: str = ""
    meaning: str = ""
    is_ticked: bool = False
    is_kept: bool = False  # cannot be taken from this role


@dataclass
class RoleRow:
    id: int = 0
    name: str = ""
    says: str = ""  # "May create updates, upload files and view history."
    people: str = ""  # "3 people"
    is_ready: bool = False
    boxes: list[PermissionBox] = field(default_factory=list)


def role_rows(session: Session, *, by: Person) -> list[RoleRow]:
    """Every role, for somebody who manages settings."""
    return [
        RoleRow(
            held.role.id, held.role.name, _says(held.role), counted(held.people, "person", "people"), held.is_ready,
            _boxes(held.role),
        )
        for held in granting.overview(session, by=by)
    ]  # fmt: skip


def new_role() -> RoleRow:
    return RoleRow(boxes=_boxes(Role(name="")))


def _says(role: Role) -> str:
    """In the order of the work, not of the alphabet."""
    permitted = [str(each) for each in Permission if each in role.permissions]
    if len(permitted) == len(Permission):
        return "May do everything."
    return f"May {listed(permitted)}." if permitted else "May look at what the access groups show, and nothing more."


def _boxes(role: Role) -> list[PermissionBox]:
    return [_box(role, each) for each in Permission]


def _box(role: Role, permission: Permission) -> PermissionBox:
    is_kept = role.name == ADMINISTRATOR and permission is Permission.MANAGE_SETTINGS
    meaning = MEANINGS[permission] + (f" {ADMINISTRATOR} always keeps it." if is_kept else "")
    name, label = f"may-{permission}", str(permission).capitalize()
    return PermissionBox(name, label, meaning, permission in role.permissions, is_kept)
