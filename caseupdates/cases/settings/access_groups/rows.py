"""Access groups as rows: who sees their updates, and what it takes to send one, in sentences."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from caseupdates.cases import access_groups
from caseupdates.cases.models import AccessGroup
from caseupdates.interface.show import counted
from caseupdates.people import granting
from caseupdates.people.granting import Held
from caseupdates.people.models import Permission, Person, PersonKind
from caseupdates.people.names import listed
from caseupdates.updates.models import Revision


@dataclass
class RoleBox:
    """A role to tick."""

    name: str = ""  # of the box
    label: str = ""
    says: str = ""  # "3 people", "5 people, contacts among them"
    is_ticked: bool = False


@dataclass
class GroupRow:
    id: int = 0
    name: str = ""
    seen: str = ""  # "Seen by Administrator, Case Manager and Investigator."
    rules: str = ""  # "Must be validated before it is sent. Moves “Last update”."
    trouble: str = ""  # "Nobody who may validate sees it"
    updates: str = ""  # "12 updates"
    needs_validation: bool = True
    moves_last_update: bool = True
    boxes: list[RoleBox] = field(default_factory=list)


@dataclass
class Page:
    groups: list[GroupRow] = field(default_factory=list)
    new: GroupRow = field(default_factory=GroupRow)


def page(session: Session, *, by: Person) -> Page:
    """Every access group, and an empty one to begin with."""
    groups, roles = access_groups.access_groups(session, by=by), granting.overview(session, by=by)
    updates, outside = _updates(session), _outside(session)
    rows = [_row(group, roles, outside, updates.get(group.id, 0)) for group in groups]
    return Page(rows, GroupRow(boxes=_boxes(set(), roles, outside)))


def _updates(session: Session) -> dict[int, int]:
    """How many updates have a text in each group."""
    counts = select(Revision.access_group_id, func.count(func.distinct(Revision.update_id)))
    return dict(session.exec(counts.group_by(col(Revision.access_group_id))).all())


def _outside(session: Session) -> set[int]:
    """The roles that contacts hold."""
    return set(session.exec(select(Person.role_id).where(Person.kind != PersonKind.EMPLOYEE).distinct()))


def _row(group: AccessGroup, roles: list[Held], outside: Collection[int], updates: int) -> GroupRow:
    admitted = {role.id for role in group.roles}
    able = any(held.role.id in admitted and _validates(held) for held in roles)
    return GroupRow(
        group.id, group.name, f"Seen by {listed(held.role.name for held in roles if held.role.id in admitted)}.",
        _rules(group, bool(admitted & set(outside))),
        "Nobody who may validate sees it" if group.needs_validation and not able else "", counted(updates, "update"),
        group.needs_validation, group.moves_last_update, _boxes(admitted, roles, outside),
    )  # fmt: skip


def _validates(held: Held) -> bool:
    return held.people > 0 and Permission.VALIDATE_UPDATES in held.role.permissions


def _rules(group: AccessGroup, has_contacts: bool) -> str:
    if group.needs_validation:
        first = "Must be validated before it is sent."
    elif has_contacts:
        first = "Needs no validation: contacts on the case see it as soon as it is saved."
    else:
        first = "Needs no validation: it can be sent as soon as it is saved."
    return f"{first} {'Moves' if group.moves_last_update else 'Does not move'} “Last update”."


def _boxes(admitted: Collection[int], roles: list[Held], outside: Collection[int]) -> list[RoleBox]:
    return [
        RoleBox(f"role-{held.role.id}", held.role.name, _holders(held, outside), held.role.id in admitted)
        for held in roles
    ]


def _holders(held: Held, outside: Collection[int]) -> str:
    people = counted(held.people, "person", "people")
    return f"{people}, contacts among them" if held.role.id in outside else people
