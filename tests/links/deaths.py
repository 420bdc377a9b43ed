"""The ways a link dies."""

from dataclasses import dataclass

import pytest
from sqlmodel import select

from caseupdates import clock
from caseupdates.cases.models import Assignment
from caseupdates.links import gate as gates
from caseupdates.links import renewing
from caseupdates.links.access import LinkEnded, LinkExpired, LinkLocked, LinkRevoked, open_link
from caseupdates.links.models import Link
from caseupdates.people.models import AccessLevel, Person


def expire(session, gate):
    session.get_one(Link, gate.link.id).expires_at = clock.now()


def revoke(session, gate):
    renewing.revoke(session, [gate.link.id], by=gate.firm.manager)


def lock(session, gate):
    session.get_one(Link, gate.link.id).locked_at = clock.now()


def end_assignment(session, gate):
    mine = select(Assignment).where(Assignment.person_id == gate.firm.partner.id)
    session.exec(mine).one().ended_at = clock.now()


def change_email(session, gate):
    session.get_one(Person, gate.firm.partner.id).email = "new@example.com"


def archive(session, gate):
    session.get_one(Person, gate.firm.partner.id).archived_at = clock.now()


def disable(session, gate):
    session.get_one(Person, gate.firm.partner.id).access_level = AccessLevel.DISABLED


@dataclass
class Death:
    by: object
    refusal: type
    status: int
    says: str


DEATHS = [
    Death(expire, LinkExpired, 410, "This link expired on 23 November 2026."),
    Death(revoke, LinkRevoked, 410, "This link was withdrawn by the sender."),
    Death(
        lock, LinkLocked, 429, "This link is locked: a wrong code was typed too many times. The sender has been told."
    ),
    Death(end_assignment, LinkEnded, 410, "This link no longer belongs to this recipient."),
    Death(change_email, LinkEnded, 410, "This link no longer belongs to this recipient."),
    Death(archive, LinkEnded, 410, "This link no longer belongs to this recipient."),
    Death(disable, LinkEnded, 410, "This link no longer belongs to this recipient."),
]


def is_alive(gate):
    return gate.before().refusal is None


def is_dead_everywhere(gate, refusal):
    """No page, no files, no code: each refused by the same name."""
    for act in (lambda: gate.do(open_link, gate.token), gate.grant, gate.asked, lambda: gate.confirm("12345678")):
        with pytest.raises(refusal):
            act()
    before = gate.before()
    return before.stage is gates.Stage.DEAD and type(before.refusal) is refusal and before.files == []
