"""The selector's display records: blocks, people, distribution groups."""

from dataclasses import dataclass, field, replace

from caseupdates.interface.show import Face, counted, face
from caseupdates.people.models import Person
from caseupdates.sending.recipients import Block, Candidate
from caseupdates.sending.resolving import Member, Resolved, rules_of

GROUPS = "Distribution Groups"


@dataclass
class PersonRow:
    id: int = 0
    face: Face = field(default_factory=Face)
    company: str = ""
    channel: str = ""  # empty for a member of a group who is not offered here
    reason: str = ""
    can_be_chosen: bool = True


@dataclass
class GroupRow:
    """A distribution group: whom ticking it ticks, and who is left out and why."""

    id: int = 0
    name: str = ""
    said: str = ""  # its rules in words, then the names of the others
    count: str = ""  # "3 people", "2 of 3 people"
    ids: list[int] = field(default_factory=list)
    members: list[PersonRow] = field(default_factory=list)
    vacant: list[str] = field(default_factory=list)  # rules that find nobody on this case


@dataclass
class BlockRow:
    name: str = ""
    label: str = ""  # "Client Contacts (3)"
    people: list[PersonRow] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)  # of those who can be chosen


def block_row(block: Block) -> BlockRow:
    return _block(block.name, [person_row(each) for each in block.candidates])


def person_row(candidate: Candidate) -> PersonRow:
    row = _row(candidate.person)
    return replace(
        row, channel=str(candidate.channel), reason=candidate.reason, can_be_chosen=candidate.can_be_chosen
    )  # fmt: skip


def group_row(resolved: Resolved) -> GroupRow:
    members, people = [_member_row(each) for each in resolved.members], sorted(resolved.people)
    of_all = f"{len(people)} of " if 0 < len(people) < len(members) else ""
    count = f"{of_all}{counted(len(members), 'person', 'people')}" if people else "Nobody here"
    return GroupRow(
        resolved.group.id, resolved.group.name, _said(resolved), count, people, members,
        [f"{each}: nobody" for each in resolved.vacant],
    )  # fmt: skip


def matching(rows: list[BlockRow], search: str) -> list[BlockRow]:
    """The blocks with only the people who match; a tick on the block then means those."""
    found = [(block.name, [row for row in block.people if _has(row, search)]) for block in rows]
    return [_block(name, people) for name, people in found if people]


def named(rows: list[GroupRow], search: str) -> list[GroupRow]:
    """The groups whose name matches."""
    return [row for row in rows if search.strip().casefold() in row.name.casefold()]


def _block(name: str, people: list[PersonRow]) -> BlockRow:
    return BlockRow(name, f"{name} ({len(people)})", people, [row.id for row in people if row.can_be_chosen])


def _has(row: PersonRow, search: str) -> bool:
    return search.strip().casefold() in f"{row.face.name} {row.company}".casefold()


def _row(person: Person) -> PersonRow:
    return PersonRow(person.id, face(person), person.client.name if person.client else "")


def _member_row(member: Member) -> PersonRow:
    if member.candidate:
        return person_row(member.candidate)
    return replace(_row(member.person), reason=member.reason, can_be_chosen=False)


def _said(resolved: Resolved) -> str:
    """ "Primary client contact · Ann C. and 2 more"."""
    names = [each.person.name for each in sorted(resolved.group.members, key=lambda each: each.person.name)]
    shown = names if len(names) < 4 else [*names[:2], f"{len(names) - 2} more"]
    return " · ".join(
        [*map(str, rules_of(resolved.group)), ", ".join(shown)] if shown else map(str, rules_of(resolved.group))
    )
