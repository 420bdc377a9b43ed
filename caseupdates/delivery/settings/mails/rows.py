"""Mails that wait for a person, and problems, as they are shown; the questions before something is done about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from urllib.parse import quote

from sqlmodel import Session, col, select

from caseupdates.delivery.models import Lane
from caseupdates.delivery.patience import NOT_SURE
from caseupdates.delivery.problems import Problem
from caseupdates.interface.show import counted
from caseupdates.interface.when import said
from caseupdates.people.models import Person
from caseupdates.sending.models import Delivery, Sending
from caseupdates.sending.parked import Waiting
from caseupdates.updates.feed import shown_to
from caseupdates.updates.models import Update
from caseupdates.updates.writing import path_of


@dataclass
class About:
    """What a mail brought."""

    title: str = ""
    path: str = ""  # of its update, for whoever may see it


@dataclass
class ProblemRow:
    says: str = ""
    count: str = ""  # "12 mails"
    when: str = ""
    recipient: str = ""  # of the latest
    person: str = ""  # where to look for them
    about: About = field(default_factory=About)


@dataclass
class ParkedRow:
    id: int = 0
    recipient: str = ""
    about: About = field(default_factory=About)
    why: str = ""
    when: str = ""
    can_go: bool = True


@dataclass
class Question:
    """Before something that cannot be taken back."""

    about: str = ""  # "again", "give up" or "all"; empty while nothing is asked
    id: int = 0
    title: str = ""
    says: str = ""
    act: str = ""


def abouts(session: Session, messages: Sequence[int], *, by: Person) -> dict[int, About]:
    """What these mails brought: of updates the name and the way only where this person may see them."""
    sendings = session.exec(
        select(Delivery.message_id, Sending)
        .join(Sending, col(Sending.id) == Delivery.sending_id)
        .where(col(Delivery.message_id).in_(messages))
    ).all()
    ids = {sending.update_id for _, sending in sendings}
    seen = set(session.scalars(shown_to(by).with_only_columns(col(Update.id)).where(col(Update.id).in_(ids))))
    return {message: _about(sending, sending.update_id in seen) for message, sending in sendings if message}


def _about(sending: Sending, is_shown: bool) -> About:
    if not is_shown:
        return About("Case update")
    return About(f"{sending.update.case.number} · {sending.revision.title}", path_of(sending.update))


def problem_row(problem: Problem, about: About, zone: tzinfo) -> ProblemRow:
    count = counted(problem.count, "mail")
    person = f"/settings/people?search={quote(problem.recipient)}"
    return ProblemRow(problem.says, count, said(problem.latest_at, zone), problem.recipient, person, about)


def parked_row(waiting: Waiting, about: About | None, zone: tzinfo) -> ParkedRow:
    message = waiting.message
    brought = about or About("Verification code" if message.lane is Lane.CODE else "Notice or invitation")
    when = said(message.parked_at, zone)
    return ParkedRow(message.id, message.recipient, brought, message.detail, when, waiting.is_of_use)


def sent_again(message_id: int, recipient: str) -> Question:
    says = f"{NOT_SURE} If it did arrive, {recipient} gets it twice."
    return Question("again", message_id, "Send this mail again?", says, "Send again")


def given_up(message_id: int, recipient: str) -> Question:
    says = f"The mail to {recipient} is not sent any more and counts as failed. They have to hear of it in another way."
    return Question("give up", message_id, "Give this mail up?", says, "Give up")


def all_sent_again(count: int, *, of: int) -> Question:
    says = f"{counted(count, 'mail goes', 'mails go')} into the queue again: none of them has arrived."
    if stay := of - count:
        says += f" {counted(stay, 'other stays', 'others stay')} here: decide on each of them yourself."
    return Question("all", 0, "Send them all again?", says, "Send all again")
