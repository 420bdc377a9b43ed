"""The first steps of a new installation, and which of them are done."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col, exists

from caseupdates.cases.models import AccessGroup, Case
from caseupdates.people.access import require_settings
from caseupdates.people.firm import UNNAMED
from caseupdates.people.models import Client, Firm, Person, PersonKind


@dataclass
class Step:
    words: str = ""
    path: str = ""
    is_done: bool = False


def first_steps(session: Session, *, by: Person) -> list[Step]:
    """What a firm needs before its first update, in order; empty once all is done. One query."""
    require_settings(by)
    named = exists().where(col(Firm.name) != UNNAMED, col(Firm.contact) != "")
    colleague = exists().where(col(Person.kind) == PersonKind.EMPLOYEE, col(Person.id) != by.id)
    contact = exists().where(col(Person.client_id) == col(Client.id))
    group, case = exists().where(col(AccessGroup.id) > 0), exists().where(col(Case.id) > 0)
    done = session.execute(select(named, colleague, contact, group, case)).one()
    steps = [Step(words, path, bool(each)) for (words, path), each in zip(STEPS, done, strict=True)]
    return [] if all(step.is_done for step in steps) else steps


STEPS = (
    ("Name the firm, and say whom outsiders ask for help", "/settings/firm"),
    ("Invite the people who work here", "/settings/people"),
    ("Add a client and its contacts", "/settings/clients"),
    ("Make an access group: who sees an update", "/settings/access-groups"),
    ("Open the first case", "/cases"),
)
