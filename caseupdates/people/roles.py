"""The ready roles, and what each permits."""

from sqlmodel import Session, select

from caseupdates.people.models import Permission, Role, RolePermission

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


def ready(session: Session) -> dict[str, Role]:
    """The roles by name, the ready ones made where they are missing."""
    roles = {role.name: role for role in session.exec(select(Role))}
    for name in READY.keys() - roles.keys():
        roles[name] = Role(name=name, grants=[RolePermission(role_id=0, permission=each) for each in READY[name]])
        session.add(roles[name])
    session.flush()
    return roles
