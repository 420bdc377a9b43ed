"""What ends links by itself: a case that closes, a person who is taken off it."""

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.cases.models import Assignment, Group
from caseupdates.links import endings
from caseupdates.links.access import LinkEnded, LinkExpired
from caseupdates.people.models import AccessLevel, Person
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from tests.links.deaths import expire, is_alive, is_dead_everywhere, lock, revoke

CASE = "2026-0142"


def partners(session, gate):
    """The id of the recipient's assignment."""
    mine = select(Assignment.id).where(Assignment.person_id == gate.firm.partner.id, Assignment.ended_at.is_(None))
    return session.exec(mine).first()


def manager(session, gate):
    return session.get_one(Person, gate.firm.manager.id)


def ended_by_closing(session, gate):
    return endings.ended_by_closing(session, CASE, by=manager(session, gate))


def loss(session, gate):
    return endings.loss(session, partners(session, gate), by=manager(session, gate))


def test_closing_a_case_ends_the_links_that_were_to_last_until_then_and_their_windows_look(sent, session):
    gate = sent(life=None)
    gate.enter()
    assert ended_by_closing(session, gate) == 1
    session.info.clear()
    endings.close(session, CASE, by=manager(session, gate))
    assert bell.link(gate.link.id) in session.info["rings"]
    assert is_dead_everywhere(gate, LinkExpired)
    assert ended_by_closing(session, gate) == 0


def test_reopening_brings_them_back_and_their_windows_look(sent, session):
    gate = sent(life=None)
    endings.close(session, CASE, by=manager(session, gate))
    session.info.clear()
    endings.reopen(session, CASE, by=manager(session, gate))
    assert bell.link(gate.link.id) in session.info["rings"]
    assert is_alive(gate)


def test_a_link_with_a_last_day_does_not_end_with_the_case(gate, session):
    assert ended_by_closing(session, gate) == 0
    endings.close(session, CASE, by=manager(session, gate))
    assert is_alive(gate)


@pytest.mark.parametrize("kill", [revoke, lock], ids=lambda each: each.__name__)
def test_a_link_that_is_dead_already_does_not_end_again(sent, session, kill):
    gate = sent(life=None)
    gate.do(kill, gate)
    assert ended_by_closing(session, gate) == 0
    assert loss(session, gate).links == 0


def test_only_links_of_this_case_count(sent, session):
    gate = sent(life=None)
    assert endings.ended_by_closing(session, "2026-0151", by=manager(session, gate)) == 0


def test_removing_somebody_ends_the_links_sent_to_them_and_their_windows_look(gate, session):
    gate.send(session.get_one(Person, gate.firm.partner.id))
    gate.send(session.get_one(Person, gate.firm.client.id))
    assert loss(session, gate).links == 2
    session.info.clear()
    endings.remove(session, partners(session, gate), by=manager(session, gate))
    assert bell.link(gate.link.id) in session.info["rings"]
    assert is_dead_everywhere(gate, LinkEnded)


def test_an_expired_link_is_nothing_to_lose(gate, session):
    gate.do(expire, gate)
    assert loss(session, gate).links == 0


def test_one_of_two_assignments_takes_nothing(gate, session):
    gate.firm.assign(gate.firm.partner, Group.VENDOR_CONTACT)
    lost = loss(session, gate)
    assert (lost.links, lost.is_on_it_still, lost.loses_sight) == (0, True, False)
    endings.remove(session, partners(session, gate), by=manager(session, gate))
    assert is_alive(gate)


def test_staff_with_full_access_keep_sight_of_the_case_and_lose_their_links(sent, session):
    gate = sent(to="investigator")
    session.get_one(Person, gate.firm.investigator.id).access_level = AccessLevel.FULL
    lost = endings.loss(session, gate.firm.investigators_assignment.id, by=manager(session, gate))
    assert (lost.links, lost.loses_sight) == (1, False)


def test_a_contact_loses_sight_whatever_the_access_level(gate, session):
    session.get_one(Person, gate.firm.partner.id).access_level = AccessLevel.FULL
    assert loss(session, gate).loses_sight


def test_links_that_end_with_a_closed_case_are_not_sent(gate, session):
    endings.close(session, CASE, by=manager(session, gate))
    partner = session.get_one(Person, gate.firm.partner.id)
    with pytest.raises(Invalid, match="This case is closed"):
        gate.send(partner, life=None)
    assert gate.send(partner)


def test_nobody_asks_or_ends_without_being_entitled(gate, session):
    which = partners(session, gate)
    for name, refusal in {"investigator": NotPermitted, "client": NotPermitted, "outsider": NotFound, "colleague": NotFound}.items():  # fmt: skip
        person = session.get_one(Person, getattr(gate.firm, name).id)
        for verb in (endings.loss, endings.remove):
            with pytest.raises(refusal):
                verb(session, which, by=person)
        for verb in (endings.ended_by_closing, endings.close, endings.reopen):
            with pytest.raises(refusal):
                verb(session, CASE, by=person)
    assert is_alive(gate)


@pytest.mark.parametrize("which", [0, -1, 999_999])
def test_an_assignment_that_never_was_is_not_found(gate, session, which):
    for verb in (endings.loss, endings.remove):
        with pytest.raises(NotFound):
            verb(session, which, by=manager(session, gate))
