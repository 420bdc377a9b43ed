"""Access groups as the firm makes them: which roles see an update, and what it takes to be sent."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from caseupdates import bell
from caseupdates.cases.models import AccessGroup
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import granting, names
from caseupdates.people.access import require_settings
from caseupdates.people.models import AccessLevel, Person, PersonKind, Role
from caseupdates.refusals import Invalid, NotFound, Refusal


class Rules(NamedTuple):
    """What is chosen for an access group."""

    name: str
    role_ids: Collection[int]
    needs_validation: bool = True
    moves_last_update: bool = True


class StillUsed(Refusal):
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"Updates or drafts are in “{self.name}”, so it stays. You can change who sees it instead."


class Admitted(Refusal):
    status = 409

    def __init__(self, name: str, groups: Sequence[str]) -> None:
        super().__init__(name, groups)
        self.name, self.groups = name, groups

    def __str__(self) -> str:
        where = names.listed((f"“{each}”" for each in self.groups), at_most=2)
        return f"“{self.name}” sees the updates of {where}, so it stays. Take it out of there first."


def access_groups(session: Session, *, by: Person) -> Sequence[AccessGroup]:
    """Every access group, by name."""
    require_settings(by)
    return session.exec(select(AccessGroup).order_by(func.lower(AccessGroup.name))).all()


def add(session: Session, rules: Rules, *, by: Person) -> AccessGroup:
    """A new access group; raise Invalid or Taken."""
    require_settings(by)
    roles, name = _roles(session, rules.role_ids), names.free(rules.name, _others(session))
    group = AccessGroup(
        name=name, roles=roles, needs_validation=rules.needs_validation, moves_last_update=rules.moves_last_update
    )
    with names.or_refuse(session, names.Taken(name)):
        session.add(group)
    _tell(session, "access group added", f"{name} · {_said(group)}", by=by)
    return group


def change(session: Session, group_id: int, rules: Rules, *, by: Person) -> AccessGroup:
    """Other rules, which hold at once; what was validated stays so, what waits goes on waiting. Raise as `add`, NotFound."""
    group = _found(session, group_id, by=by)
    before = (group.name, _said(group))
    roles, name = _roles(session, rules.role_ids), names.free(rules.name, _others(session), but=group.id)
    with names.or_refuse(session, names.Taken(name)):
        group.name, group.roles = name, roles
        group.needs_validation, group.moves_last_update = rules.needs_validation, rules.moves_last_update
    if before != (group.name, _said(group)):
        renamed = f", before “{before[0]}”" if before[0] != name else ""
        _tell(session, "access group changed", f"{name}{renamed} · {_said(group)}", by=by)
    return group


def remove(session: Session, group_id: int, *, by: Person) -> None:
    """Take away a group that no update and no draft is in; raise StillUsed or NotFound."""
    group = _found(session, group_id, by=by)
    with names.or_refuse(session, StillUsed(group.name)):  # updates are a later room: their rows hold the group
        session.delete(group)
    _tell(session, "access group removed", group.name, by=by)


def remove_role(session: Session, role_id: int, *, by: Person) -> None:
    """Remove a role that nobody holds and no access group admits; raise Admitted, or as `granting.remove`."""
    require_settings(by)
    admitting = [each.name for each in access_groups(session, by=by) if role_id in {role.id for role in each.roles}]
    if admitting:
        raise Admitted(session.get_one(Role, role_id).name, admitting)
    granting.remove(session, role_id, by=by)


def _found(session: Session, group_id: int, *, by: Person) -> AccessGroup:
    require_settings(by)
    group = session.exec(select(AccessGroup).where(AccessGroup.id == group_id).with_for_update()).first()
    if group is None:
        raise NotFound
    return group


def _roles(session: Session, role_ids: Collection[int]) -> list[Role]:
    """The roles; raise Invalid unless somebody of the firm holds one, or updates would be written into a void."""
    roles = list(session.exec(select(Role).where(col(Role.id).in_(role_ids)).order_by(Role.name)))
    of_the_firm = select(Person.id).where(
        col(Person.role_id).in_([role.id for role in roles]), Person.kind == PersonKind.EMPLOYEE,
        col(Person.archived_at).is_(None), col(Person.access_level) != AccessLevel.DISABLED,
    )  # fmt: skip
    if session.exec(of_the_firm.limit(1)).first() is None:
        raise Invalid(
            "Tick at least one role that somebody of the firm holds, or nobody here could read these updates."
        )
    return roles


def _others(session: Session) -> Sequence[tuple[int, str]]:
    return session.exec(select(AccessGroup.id, AccessGroup.name)).all()


def _said(group: AccessGroup) -> str:
    """The rules on one line of history."""
    seen = f"seen by {names.listed(sorted(role.name for role in group.roles))}"
    validated = "validated before sending" if group.needs_validation else "no validation needed"
    return f"{seen}; {validated}; {'moves' if group.moves_last_update else 'does not move'} “Last update”"


def _tell(session: Session, what: str, about: str, *, by: Person) -> None:
    record(session, Area.SETTINGS, what, by=by, about=about)
    bell.ring(session, bell.SETTINGS, bell.CASES)
