"""Who may be chosen as a recipient of an update, in which block, and what each would get."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from caseupdates.cases.listing import assignments
from caseupdates.cases.models import AccessGroup, Group
from caseupdates.people.models import AccessLevel, Bounce, Kind, Person, PersonKind
from caseupdates.people.preferences import is_silenced, without_email
from caseupdates.refusals import Refusal
from caseupdates.sending.models import Channel
from caseupdates.updates.models import Revision

UNASSIGNED = "Unassigned Staff"
FIRM_IS_SILENT = "the firm sends no email for case updates"
BOUNCES = {
    Bounce.BOUNCED: "the address bounced",
    Bounce.COMPLAINED: "mail was marked as spam",
    Bounce.SUPPRESSED: "the mail provider suppressed the address",
}
BLOCKS = {
    Group.CLIENT_CONTACT: "Client Contacts",
    Group.CASE_MANAGER: "Case Managers",
    Group.INVESTIGATOR: "Investigators",
    Group.SALESPERSON: "Salespeople",
    Group.ADDITIONAL_EMPLOYEE: "Additional Employees",
    Group.AFFILIATE_CONTACT: "Affiliate Contacts",
    Group.VENDOR_CONTACT: "Vendor Contacts",
}


@dataclass(frozen=True)
class Candidate:
    """Somebody who is offered, and what they would get."""

    person: Person
    group: str  # singular: "Client Contact", or "Unassigned Staff"
    channel: Channel
    reason: str = ""
    is_primary: bool = False

    @property
    def can_be_chosen(self) -> bool:
        return self.channel is not Channel.BLOCKED


@dataclass(frozen=True)
class Block:
    """One gray block of the selector."""

    name: str
    candidates: tuple[Candidate, ...]


class NotARecipient(Refusal):
    status = 422

    def __init__(self, candidate: Candidate | None) -> None:
        super().__init__()
        self.candidate = candidate

    def __str__(self) -> str:
        if self.candidate is None:
            return "Somebody you chose can no longer receive updates of this case. Look through the recipients again."
        return f"{self.candidate.person.name} cannot receive this update: {self.candidate.reason}."


def blocks(session: Session, revision: Revision) -> list[Block]:
    """The blocks that are not empty, in the selector's order."""
    assigned = assignments(session, revision.update.case)
    staff = _unassigned_staff(session, {each.person_id for each in assigned})
    people = [*(each.person for each in assigned), *staff]
    silent = without_email(session, [person.id for person in people], Kind.CASE_UPDATE)
    firm_sends = not is_silenced(session, Kind.CASE_UPDATE)

    def candidate(person: Person, group: str, *, is_primary: bool = False) -> Candidate:
        wants = person.id not in silent
        channel, reason = what_they_get(person, revision.access_group, wants_email=wants, firm_sends=firm_sends)
        return Candidate(person, group, channel, reason, is_primary)

    found = [
        Block(
            name,
            tuple(
                candidate(each.person, group, is_primary=each.is_primary) for each in assigned if each.group is group
            ),
        )
        for group, name in BLOCKS.items()
    ]
    found.append(Block(UNASSIGNED, tuple(candidate(person, UNASSIGNED) for person in staff)))
    return [block for block in found if block.candidates]


def candidates_by_person(found: Iterable[Block]) -> dict[int, Candidate]:
    """Everybody offered, once: somebody in two blocks counts in the first."""
    people: dict[int, Candidate] = {}
    for block in found:
        for each in block.candidates:
            people.setdefault(each.person.id, each)
    return people


def chosen_among(found: Iterable[Block], chosen: Collection[int]) -> list[Candidate]:
    """The candidates with these ids, each once; raise NotARecipient for anybody else, or somebody blocked."""
    offered, recipients = candidates_by_person(found), []
    for person_id in sorted(set(chosen)):
        candidate = offered.get(person_id)
        if candidate is None or not candidate.can_be_chosen:
            raise NotARecipient(candidate)
        recipients.append(candidate)
    return recipients


def what_they_get(
    person: Person, group: AccessGroup, *, wants_email: bool, firm_sends: bool = True
) -> tuple[Channel, str]:
    """The channel, and the reason where it is not both email and notification."""
    if not person.is_active:
        return Channel.BLOCKED, why_gone(person)
    if not group.admits(person):
        return Channel.BLOCKED, f"may not see “{group.name}” updates"
    if not person.email:
        return Channel.BLOCKED, "has no email address"
    if person.bounced_at:
        return Channel.BLOCKED, f"{BOUNCES[person.bounce]} on {person.bounced_at:%-d %B}"
    if not firm_sends:
        return (
            Channel.NOTIFICATION,
            FIRM_IS_SILENT if person.can_sign_in else f"{FIRM_IS_SILENT}, and they cannot sign in",
        )
    if not wants_email:
        return Channel.NOTIFICATION, "wants no email for case updates"
    return Channel.EMAIL, ""


def why_gone(person: Person) -> str:
    """Why somebody gets nothing on any case; empty for who is active."""
    if person.is_active:
        return ""
    return "access level is Disabled" if person.access_level is AccessLevel.DISABLED else "archived"


def _unassigned_staff(session: Session, assigned: set[int]) -> Sequence[Person]:
    staff = session.exec(
        select(Person)
        .where(Person.kind == PersonKind.EMPLOYEE, col(Person.archived_at).is_(None))
        .where(col(Person.access_level) != AccessLevel.DISABLED)
        .order_by(Person.name)
    )
    return [person for person in staff if person.id not in assigned]
