"""The ready roles, and what each permits."""

from collections.abc import Collection

from sqlmodel import Session, select

from caseupdates.people.models import Permission, PersonKind, Role, RolePermission
from caseupdates.people.names import listed
from caseupdates.refusals import Invalid

ADMINISTRATOR = "Administrator"
CASE_MANAGER = "Case Manager"
INVESTIGATOR = "Investigator"
CLIENT_CONTACT = "Client Contact"

READY: dict[str, set[Permission]] = {
    ADMINISTRATOR: set(Permission),
    CASE_MANAGER: set(Permission) - {Permission.MANAGE_SETTINGS},
    INVESTIGATOR: {Permission.CREATE_UPDATES, Permission.UPLOAD_FILES, Permission.VIEW_HISTORY},
    CLIENT_CONTACT: set(),
}

# What somebody outside the firm may hold: who validates, sends, assigns, sees history or manages settings is of the firm.
HARMLESS = frozenset({Permission.CREATE_UPDATES, Permission.UPLOAD_FILES})


class NotForContacts(Invalid):
    """A role that only people of the firm may hold."""

    status = 409

    def __init__(self, permissions: Collection[Permission]) -> None:
        super().__init__(sorted(permissions))
        self.permissions = sorted(permissions)

    def __str__(self) -> str:
        return f"Contacts may only create updates and upload files; this role may also {listed(self.permissions)}."


def require_fitting(kind: PersonKind, permissions: Collection[Permission]) -> None:
    """Raise NotForContacts where somebody of this kind may not hold all of these permissions."""
    too_much = set(permissions) - HARMLESS
    if kind is not PersonKind.EMPLOYEE and too_much:
        raise NotForContacts(too_much)


def ready(session: Session) -> dict[str, Role]:
    """The roles by name, the ready ones made where they are missing."""
    roles = {role.name: role for role in session.exec(select(Role))}
    for name in READY.keys() - roles.keys():
        roles[name] = Role(name=name, grants=[RolePermission(role_id=0, permission=each) for each in READY[name]])
        session.add(roles[name])
    session.flush()
    return roles
