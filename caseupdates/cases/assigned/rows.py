"""Display records of the tab "Assigned" and its dialog."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import NamedTuple

from sqlmodel import Session

from caseupdates.cases.access import case_numbered, may_arrange
from caseupdates.cases.groups import groups_for
from caseupdates.cases.listing import assignments
from caseupdates.cases.models import Assignment
from caseupdates.cases.offering import Offered
from caseupdates.cases.views import last_views
from caseupdates.interface.show import Face, counted, face
from caseupdates.interface.when import said
from caseupdates.links import endings
from caseupdates.people.models import Person
from caseupdates.sending.recipients import BLOCKS


@dataclass
class OnIt:
    """Somebody on the case, in one group."""

    id: int = 0  # of the assignment
    face: Face = field(default_factory=Face)
    about: str = ""  # "Meridian Freight Ltd · client@example.com"
    is_primary: bool = False
    viewed: str = ""  # "today 06:41", "never"
    moves: list[str] = field(default_factory=list)  # groups they could be in instead


@dataclass
class GroupRows:
    name: str = ""  # "Client Contacts"
    people: list[OnIt] = field(default_factory=list)


@dataclass
class Candidate:
    """Somebody the dialog offers; what is chosen for them so far."""

    id: int = 0
    face: Face = field(default_factory=Face)
    about: str = ""
    groups: list[str] = field(default_factory=list)
    group: str = ""
    is_chosen: bool = False
    is_primary: bool = False


class Tab(NamedTuple):
    groups: list[GroupRows]
    is_staff: bool
    may_arrange: bool


def tab(session: Session, number: str, zone: tzinfo, *, by: Person) -> Tab:
    """Who is on the case by group, for employees; contacts are shown nobody. Raise NotFound."""
    case = case_numbered(session, number, by=by)
    if not by.is_employee:
        return Tab([], False, False)
    on_case = assignments(session, case)
    viewed = last_views(session, case.id, {each.person_id for each in on_case})
    groups = [
        GroupRows(name, [_on_it(each, said(viewed.get(each.person_id), zone), on_case) for each in on_case if each.group is group])
        for group, name in BLOCKS.items()
    ]  # fmt: skip
    return Tab([each for each in groups if each.people], True, may_arrange(by))


def lost(session: Session, assignment_id: int, *, by: Person) -> tuple[str, str, bool]:
    """Whom removing takes off the case, what is lost with it in words, and whether that is one's own sight of the case."""
    loss = endings.loss(session, assignment_id, by=by)
    is_own = loss.person.id == by.id and loss.loses_sight
    if is_own:
        words = ["You will no longer see this case."]
    elif loss.is_on_it_still:
        words = ["They stay on the case in another group."]
    else:
        words = [
            "They no longer see this case." if loss.loses_sight else "They still see it: their access level is Full."
        ]
    if loss.links:
        words.append(
            f"{counted(loss.links, 'link that was sent to them ends', 'links that were sent to them end')} with it."
        )
    return loss.person.name, " ".join(words), is_own


def candidate(offered: Offered, chosen: tuple[str, bool] | None, likeliest: str) -> Candidate:
    """`chosen` is the group and whether they become primary, None for somebody who is not ticked."""
    person, groups = offered.person, [str(each) for each in offered.groups]
    group, is_primary = chosen or (likeliest if likeliest in groups else groups[0], False)
    on_it = f"{', '.join(offered.already)} on this case" if offered.already else ""
    about = _joined([person.role.name if person.is_employee else str(person.kind), _company(person), on_it])
    return Candidate(person.id, face(person), about, groups, group, chosen is not None, is_primary)


def _on_it(each: Assignment, viewed: str, on_case: Iterable[Assignment]) -> OnIt:
    person = each.person
    taken = {other.group for other in on_case if other.person_id == person.id}
    state = "archived" if person.archived_at else "" if person.can_sign_in else "cannot sign in"
    about = _joined([_company(person), person.email or "no email address", state])
    moves = [str(group) for group in groups_for(person) if group not in taken] if person.is_active else []
    return OnIt(each.id, face(person), about, each.is_primary, viewed or "never", moves)


def _company(person: Person) -> str:
    return person.client.name if person.client else ""


def _joined(words: Iterable[str]) -> str:
    return " · ".join(word for word in words if word)
