"""Whom a distribution group means on a case: the people it names, and those its rules find there now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session, col, select

from caseupdates.cases.models import Group
from caseupdates.people.models import Person
from caseupdates.people.names import listed
from caseupdates.refusals import Refusal
from caseupdates.sending.models import DistributionGroup
from caseupdates.sending.recipients import BLOCKS, Block, Candidate, candidates_by_person, why_gone


class Rule(NamedTuple):
    """Whoever is on the case in this capacity, all or the primary alone."""

    assigned_as: Group
    only_primary: bool

    def __str__(self) -> str:
        if self.only_primary:
            return f"Primary {str(self.assigned_as).lower()}"
        return f"All {BLOCKS[self.assigned_as].lower()} on the case"

    def finds(self, candidate: Candidate) -> bool:
        return candidate.group == self.assigned_as and (candidate.is_primary or not self.only_primary)


RULES = tuple(Rule(group, only_primary) for group in BLOCKS for only_primary in (True, False))


class Member(NamedTuple):
    """Somebody a group means; without a candidate they are not offered here at all."""

    person: Person
    candidate: Candidate | None

    @property
    def can_be_chosen(self) -> bool:
        return self.candidate is not None and self.candidate.can_be_chosen

    @property
    def reason(self) -> str:
        """Why they get nothing, or no email."""
        return self.candidate.reason if self.candidate else why_gone(self.person) or "not on this case"


@dataclass(frozen=True)
class Resolved:
    """A distribution group on one update: its members, and those of its rules that find nobody on the case."""

    group: DistributionGroup
    members: tuple[Member, ...]
    vacant: tuple[Rule, ...] = ()

    @property
    def people(self) -> frozenset[int]:
        """Whom ticking it ticks."""
        return frozenset(each.person.id for each in self.members if each.can_be_chosen)


class GroupChanged(Refusal):
    """A ticked group no longer means the people that the sender saw."""

    status = 409

    def __init__(self, changes: Sequence[str]) -> None:
        super().__init__()
        self.changes = changes

    def __str__(self) -> str:
        return f"{' '.join(self.changes)} Look again, then send."


def rules_of(group: DistributionGroup) -> list[Rule]:
    """Its rules in the selector's order."""
    mine = {Rule(each.assigned_as, each.only_primary) for each in group.rules}
    return [each for each in RULES if each in mine]


def resolve(group: DistributionGroup, found: Collection[Block]) -> Resolved:
    """The members as they stand on what `found` offers: those who can be chosen first, by name."""
    offered, rules = candidates_by_person(found), rules_of(group)
    everybody = [each for block in found for each in block.candidates]
    people = {each.person_id: each.person for each in group.members}
    people |= {each.person.id: each.person for each in everybody if any(rule.finds(each) for rule in rules)}
    members = [Member(person, offered.get(person_id)) for person_id, person in people.items()]
    vacant = (rule for rule in rules if not any(rule.finds(each) for each in everybody))
    return Resolved(group, tuple(sorted(members, key=_possible_first)), tuple(vacant))


def must_still_mean(session: Session, seen: Mapping[int, Collection[int]], found: Collection[Block]) -> None:
    """Raise GroupChanged unless each group, by id, means the very people it was seen to mean."""
    if not seen:
        return
    ticked = select(DistributionGroup).where(col(DistributionGroup.id).in_(seen)).order_by(DistributionGroup.name)
    groups = session.exec(ticked).all()
    changes = [said for each in groups if (said := _change(session, resolve(each, found), set(seen[each.id])))]
    if len(groups) < len(seen):
        changes.append("A distribution group you ticked has been removed.")
    if changes:
        raise GroupChanged(changes)


def _change(session: Session, now: Resolved, seen: set[int]) -> str:
    """ "The group “Board” has changed: Ann C. joined, Partner C. left." """
    moved = {"joined": now.people - seen, "left": seen - now.people}
    ids = moved["joined"] | moved["left"]
    names = {each.id: each.name for each in session.exec(select(Person).where(col(Person.id).in_(ids)))} if ids else {}
    said = [
        f"{listed(sorted(names[each] for each in who if each in names), at_most=4)} {how}"
        for how, who in moved.items()
        if who
    ]
    return f"The group “{now.group.name}” has changed: {', '.join(said)}." if said else ""


def _possible_first(member: Member) -> tuple[bool, str]:
    return not member.can_be_chosen, member.person.name.casefold()
