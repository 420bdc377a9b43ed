"""Distribution groups: who may make, change and remove them, and what a group must have."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from caseupdates import bell
from caseupdates.cases.access import require
from caseupdates.database import take_turns
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.access import require_settings
from caseupdates.people.models import AccessLevel, Client, Permission, Person
from caseupdates.refusals import Invalid, NotFound, Refusal
from caseupdates.sending.models import DistributionGroup, DistributionGroupMember, DistributionGroupRule
from caseupdates.sending.recipients import blocks, chosen_among
from caseupdates.sending.resolving import Rule
from caseupdates.updates.feed import update_shown

NAME_LENGTH = 80  # characters
PAGE = 50  # people found before "Show more"


class NameTaken(Refusal):
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __str__(self) -> str:
        return f"There is a group “{self.name}” already. Please choose another name."


@dataclass(frozen=True)
class Typed:
    """What a group shall be: its name, the ids of the people in it, and its rules."""

    name: str
    members: Collection[int] = ()
    rules: Collection[Rule] = ()


def every(session: Session) -> Sequence[DistributionGroup]:
    """The groups by name, for callers who have asked who may see them."""
    return sorted(session.exec(select(DistributionGroup)), key=lambda each: each.name.casefold())


def listed(session: Session, *, by: Person) -> Sequence[DistributionGroup]:
    require_settings(by)
    return every(session)


def group(session: Session, group_id: int, *, by: Person) -> DistributionGroup:
    """One group, to be changed; raise NotFound."""
    require_settings(by)
    found = session.get(DistributionGroup, group_id)
    if found is None:
        raise NotFound
    return found


def people_to_add(session: Session, text: str = "", *, by: Person, limit: int = PAGE) -> Sequence[Person]:
    """Active people whose name, address or client has every word, by name."""
    require_settings(by)
    found = select(Person).outerjoin(Client, col(Client.id) == Person.client_id)
    found = found.where(col(Person.archived_at).is_(None), col(Person.access_level) != AccessLevel.DISABLED)
    for word in text.split():
        columns = (col(Person.name), col(Person.email), col(Client.name))
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return session.exec(found.order_by(Person.name, col(Person.id)).limit(limit)).all()


def add(session: Session, typed: Typed, *, by: Person) -> DistributionGroup:
    """Make a group; raise NameTaken, Invalid, NotPermitted."""
    require_settings(by)
    return _write(session, DistributionGroup(name=""), typed, "distribution group added", by=by)


def change(session: Session, group_id: int, typed: Typed, *, by: Person) -> DistributionGroup:
    """Give a group another name, other people and other rules; raise NotFound too."""
    return _write(session, group(session, group_id, by=by), typed, "distribution group changed", by=by)


def remove(session: Session, group_id: int, *, by: Person) -> None:
    """Take a group away; what was sent to it stays sent, and one that is gone already stays gone."""
    require_settings(by)
    if gone := session.get(DistributionGroup, group_id):
        session.delete(gone)
        record(session, Area.SETTINGS, "distribution group removed", by=by, about=gone.name)
        bell.ring(session, bell.SETTINGS)


def save_chosen(
    session: Session, update_id: int, name: str, chosen: Collection[int], *, by: Person
) -> DistributionGroup:
    """Keep the people chosen for an update as a group: only those who are offered there, by whoever may send it."""
    revision = update_shown(session, update_id, by=by)
    require(session, by, Permission.SEND_UPDATES, revision.update.case)
    people = [each.person.id for each in chosen_among(blocks(session, revision), chosen)]
    return _write(session, DistributionGroup(name=""), Typed(name, people), "distribution group added", by=by)


def _write(session: Session, kept: DistributionGroup, typed: Typed, what: str, *, by: Person) -> DistributionGroup:
    take_turns(session, "name a distribution group")
    name = _name(session, typed.name, kept)
    people = _people(session, typed.members, already={each.person_id for each in kept.members})
    if not people and not typed.rules:
        raise Invalid("Choose at least one person or one rule: a group without either would send to nobody.")
    kept.name = name
    kept.members = [DistributionGroupMember(group_id=kept.id, person_id=each.id, person=each) for each in people]
    kept.rules = [
        DistributionGroupRule(group_id=kept.id, assigned_as=each[0], only_primary=each[1]) for each in set(typed.rules)
    ]
    session.add(kept)
    session.flush()
    record(session, Area.SETTINGS, what, by=by, about=name)
    bell.ring(session, bell.SETTINGS)
    return kept


def _name(session: Session, typed: str, kept: DistributionGroup) -> str:
    name = " ".join(typed.split())
    if not 0 < len(name) <= NAME_LENGTH:
        raise Invalid(f"A group needs a name of at most {NAME_LENGTH} characters.")
    for other_id, other in session.exec(select(DistributionGroup.id, DistributionGroup.name)):
        if other_id != kept.id and other.casefold() == name.casefold():
            raise NameTaken(other)
    return name


def _people(session: Session, ids: Collection[int], *, already: set[int]) -> list[Person]:
    """These people by id; whoever is archived may stay, not join."""
    wanted = set(ids)
    people = (
        session.exec(select(Person).where(col(Person.id).in_(wanted)).order_by(col(Person.id))).all() if wanted else []
    )
    if len(people) < len(wanted):
        raise Invalid("Somebody you chose is not here any more. Search for them again.")
    for each in people:
        if each.archived_at and each.id not in already:
            raise Invalid(f"{each.name} is archived and cannot join a group.")
    return list(people)
