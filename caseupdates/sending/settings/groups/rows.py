"""Display records of the settings of distribution groups."""

from dataclasses import dataclass, field

from caseupdates.interface.show import Face, face
from caseupdates.people.models import Person
from caseupdates.sending.models import DistributionGroup
from caseupdates.sending.recipients import why_gone
from caseupdates.sending.resolving import RULES, rules_of

SHOWN = 5  # names on a group's row


@dataclass
class GroupLine:
    id: int = 0
    name: str = ""
    rules: str = ""  # in words
    people: str = ""


@dataclass
class PersonLine:
    """Somebody who is in a group, or could be."""

    id: int = 0
    face: Face = field(default_factory=Face)
    about: str = ""  # a contact's client, an employee's role
    reason: str = ""  # why they get nothing on any case


@dataclass
class RuleTick:
    id: int = 0  # its place among RULES
    words: str = ""
    is_ticked: bool = False


@dataclass
class RuleLine:
    """The rules of one capacity: the primary alone, and everybody."""

    capacity: str = ""
    primary: RuleTick = field(default_factory=RuleTick)
    everybody: RuleTick = field(default_factory=RuleTick)


def group_line(group: DistributionGroup) -> GroupLine:
    names = [each.name for each in people_of(group)]
    shown = names if len(names) <= SHOWN else [*names[: SHOWN - 1], f"{len(names) - SHOWN + 1} more"]
    return GroupLine(group.id, group.name, " · ".join(map(str, rules_of(group))), ", ".join(shown))


def people_of(group: DistributionGroup) -> list[Person]:
    """Those a group names, by name."""
    return sorted((each.person for each in group.members), key=lambda each: each.name.casefold())


def person_line(person: Person) -> PersonLine:
    about = person.client.name if person.client else person.role.name if person.is_employee else str(person.kind)
    return PersonLine(person.id, face(person), about, why_gone(person))


def rule_lines(group: DistributionGroup | None) -> list[RuleLine]:
    """Every rule there can be, those of this group ticked."""
    ticked = set(rules_of(group)) if group else set()
    ticks = [RuleTick(number, str(rule), rule in ticked) for number, rule in enumerate(RULES)]
    return [
        RuleLine(str(rule.assigned_as), *ticks[number : number + 2]) for number, rule in list(enumerate(RULES))[::2]
    ]
