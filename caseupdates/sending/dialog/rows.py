"""The selector's display records: blocks, people, distribution groups."""

from dataclasses import dataclass, field

from caseupdates.files.models import File
from caseupdates.files.rows import icon
from caseupdates.files.uploading import said
from caseupdates.interface.show import Face, counted, face
from caseupdates.sending.attachments import Plan
from caseupdates.sending.models import DistributionGroup
from caseupdates.sending.recipients import Block, Candidate

GROUPS = "Distribution Groups"


@dataclass
class PersonRow:
    id: int = 0
    face: Face = field(default_factory=Face)
    company: str = ""
    channel: str = ""
    reason: str = ""
    can_be_chosen: bool = True


@dataclass
class GroupRow:
    """A distribution group: whom ticking it ticks, and who is left out and why."""

    id: int = 0
    name: str = ""
    members: list[int] = field(default_factory=list)
    said: str = ""
    left_out: str = ""


@dataclass
class BlockRow:
    name: str = ""
    label: str = ""  # "Client Contacts (3)"
    people: list[PersonRow] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)  # of those who can be chosen


@dataclass
class PlannedFile:
    """A file of the update, and how it will go."""

    name: str = ""
    icon: str = ""
    size: str = ""
    is_attached: bool = False
    reason: str = ""  # why it goes as a link though files are attached


def planned(files: list[File], going: Plan) -> list[PlannedFile]:
    attached = {each.id for each in going.attached}
    return [
        PlannedFile(
            each.name, icon(each.media_type), said(each.size), each.id in attached, going.reasons.get(each.id, "")
        )
        for each in files
    ]


def block_row(block: Block) -> BlockRow:
    people = [person_row(each) for each in block.candidates]
    return BlockRow(
        block.name, f"{block.name} ({len(people)})", people, [row.id for row in people if row.can_be_chosen]
    )


def person_row(candidate: Candidate) -> PersonRow:
    person = candidate.person
    company = person.client.name if person.client else ""
    return PersonRow(
        person.id, face(person), company, str(candidate.channel), candidate.reason, candidate.can_be_chosen
    )


def group_row(group: DistributionGroup, people: dict[int, Candidate]) -> GroupRow:
    inside = [people[each.person_id] for each in group.members if each.person_id in people]
    possible = [each for each in inside if each.can_be_chosen]
    absent = len(group.members) - len(inside)
    reasons = [f"{each.person.name}: {each.reason}" for each in inside if not each.can_be_chosen]
    if absent:
        reasons.append(f"{counted(absent, 'member is', 'members are')} not on this case")
    names = ", ".join(each.person.name for each in possible)
    return GroupRow(group.id, group.name, [each.person.id for each in possible], names, ". ".join(reasons))


def matching(rows: list[BlockRow], search: str) -> list[BlockRow]:
    """The blocks with only the people who match; a tick on the block then means those."""
    letters = search.strip().casefold()
    found = []
    for block in rows:
        people = [row for row in block.people if letters in f"{row.face.name} {row.company}".casefold()]
        if people:
            found.append(
                BlockRow(
                    block.name, f"{block.name} ({len(people)})", people, [row.id for row in people if row.can_be_chosen]
                )
            )
    return found
