"""What a tick in the recipient selector means: people, blocks of people, and distribution groups that hold people."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

Meaning = Mapping[int, Collection[int]]  # by a distribution group's id: whom ticking it ticks


class Chosen(NamedTuple):
    """The people who are chosen, and the distribution groups that are ticked."""

    people: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()

    def toggled(self, ids: Collection[int], meaning: Meaning) -> "Chosen":
        """All of these people, or none of them when all were chosen; a group that loses somebody loses its tick."""
        some = frozenset(ids)
        people = self.people - some if some <= self.people else self.people | some
        return Chosen(people, frozenset(each for each in self.groups if people.issuperset(meaning.get(each, ()))))

    def with_groups(self, ids: Collection[int], meaning: Meaning) -> "Chosen":
        """All of these groups with their people, or none of them when all were ticked; whom another group holds stays."""
        some = frozenset(each for each in ids if meaning.get(each))
        if not some <= self.groups:
            return Chosen(self.people | _held(some, meaning), self.groups | some)
        kept = self.groups - some
        return Chosen(self.people - (_held(some, meaning) - _held(kept, meaning)), kept)

    def settled(self, before: Meaning, now: Meaning, possible: Collection[int]) -> "Chosen":
        """After a new look at the case: a ticked group means whom it means now, and nobody stays who cannot be chosen."""
        groups = frozenset(each for each in self.groups if now.get(each))
        left = _held(self.groups, before) - _held(groups, now)
        return Chosen(((self.people - left) | _held(groups, now)) & frozenset(possible), groups)


def _held(groups: Collection[int], meaning: Meaning) -> frozenset[int]:
    return frozenset(person for each in groups for person in meaning.get(each, ()))
