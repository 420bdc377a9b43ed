"""A link and its case, its recipient's assignment, address and account: what ends it, and brings it back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates import clock
from caseupdates.cases.models import Assignment, Case, Group
from caseupdates.links.access import LinkExpired
from caseupdates.people.models import AccessLevel, EmailAlias, Person
from tests.links.deaths import end_assignment, is_alive, is_dead_everywhere
from tests.links.story import WEEK


def test_a_link_that_ends_with_its_case_ends_when_the_case_is_closed(sent, session, clock):
    gate = sent(life=None)
    clock.forward(days=3650)
    gate.enter()
    case = session.get_one(Case, gate.firm.case.id)
    case.closed_at = clock() + timedelta(seconds=1)
    assert is_alive(gate)
    clock.forward(seconds=1)
    assert is_dead_everywhere(gate, LinkExpired)
    assert str(gate.before().refusal) == "This link ended when the case was closed."


def test_a_case_that_is_opened_again_brings_its_links_back(sent, session):
    gate = sent(life=None)
    session.get_one(Case, gate.firm.case.id).closed_at = clock.now()
    assert not is_alive(gate)
    session.get_one(Case, gate.firm.case.id).closed_at = None
    assert is_alive(gate)


def test_a_link_with_a_last_day_outlives_its_case(gate, session, clock):
    session.get_one(Case, gate.firm.case.id).closed_at = clock()
    assert gate.enter()
    clock.forward(seconds=WEEK.total_seconds())
    assert is_dead_everywhere(gate, LinkExpired)


def test_one_of_two_assignments_is_enough(gate, session):
    gate.firm.assign(gate.firm.partner, Group.VENDOR_CONTACT)
    [first, _] = session.exec(select(Assignment).where(Assignment.person_id == gate.firm.partner.id))
    first.ended_at = clock.now()
    assert is_alive(gate)


def test_somebody_who_is_put_on_the_case_again_has_their_link_back(gate):
    gate.do(end_assignment, gate)
    assert not is_alive(gate)
    gate.firm.assign(gate.firm.partner, Group.CLIENT_CONTACT)
    assert is_alive(gate)


def test_an_assignment_to_another_case_is_none(gate):
    gate.do(end_assignment, gate)
    gate.firm.assign(gate.firm.partner, Group.CLIENT_CONTACT, case=gate.firm.other_case)
    assert not is_alive(gate)


def test_staff_who_were_not_on_the_case_need_no_assignment(sent):
    gate = sent(to="colleague")
    assert not gate.link.needs_assignment
    assert is_alive(gate)


@pytest.mark.parametrize(
    ("fact", "gone", "back"),
    [
        ("email", "new@example.com", "partner@example.com"),
        ("archived_at", clock.now(), None),
        ("access_level", AccessLevel.DISABLED, AccessLevel.LIMITED),
    ],
)
def test_a_person_who_is_as_before_has_their_link_back(gate, session, fact, gone, back):
    person = session.get_one(Person, gate.firm.partner.id)
    setattr(person, fact, gone)
    assert not is_alive(gate)
    setattr(person, fact, back)
    assert is_alive(gate)


def test_another_alias_does_not_end_a_link(gate, session):
    session.add(EmailAlias(person_id=gate.firm.partner.id, address="p.c@example.net"))
    assert is_alive(gate)
