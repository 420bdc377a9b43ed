"""A visit lasts as long as its window: lease, renewal, 30 seconds of grace, 8 hours at most."""

import pytest

from caseupdates.links import gate as gates
from caseupdates.links import visits
from caseupdates.links.models import Visit
from caseupdates.links.serving import NotOpen
from caseupdates.refusals import NotPermitted

HOURS_IN_STEPS = [40] * 719 + [39.999]  # seconds; just short of 8 hours, with a renewal after each


def stays_open(gate, clock, visit, steps):
    """An open window renews after each of these pauses; did every renewal do?"""
    for seconds in steps:
        clock.forward(seconds=seconds)
        if not gate.renew(visit):
            return False
    return True


def test_a_visit_that_nobody_renews_is_open_for_42_seconds(gate, clock):
    gate.enter()
    clock.forward(seconds=41, milliseconds=999)
    assert gate.is_open()
    assert gate.grant().visit_id
    clock.forward(milliseconds=1)
    assert not gate.is_open()
    with pytest.raises(NotOpen):
        gate.grant()


def test_an_open_window_keeps_a_visit_open(gate, clock):
    assert stays_open(gate, clock, gate.enter(), [8] * 100)
    assert gate.is_open()


def test_a_renewal_counts_from_its_own_moment(gate, clock):
    visit = gate.enter()
    clock.forward(seconds=41)
    assert gate.renew(visit)
    clock.forward(seconds=41, milliseconds=999)
    assert gate.is_open()
    clock.forward(milliseconds=1)
    assert not gate.is_open()


def test_a_lease_that_ran_out_is_never_revived(gate, clock):
    visit = gate.enter()
    clock.forward(seconds=42)
    assert not gate.renew(visit)
    clock.forward(seconds=-1)
    assert gate.renew(visit)  # the last moment before
    clock.forward(days=1)
    assert not gate.renew(visit)
    assert not gate.is_open()


def test_when_the_window_closes_38_seconds_are_left(gate, clock):
    visit = gate.enter()
    gate.do(visits.window_closed, visit.id)
    clock.forward(seconds=37, milliseconds=999)
    assert gate.is_open()
    clock.forward(milliseconds=1)
    assert not gate.is_open()


def test_a_connection_lost_for_30_seconds_is_forgiven(gate, clock):
    visit = gate.enter()
    gate.do(visits.window_closed, visit.id)
    clock.forward(seconds=30)
    assert gate.renew(visit)
    clock.forward(seconds=41)
    assert gate.is_open()


@pytest.mark.parametrize("silent", [0, 8, 15])
def test_60_seconds_after_the_last_window_nothing_is_open(gate, clock, silent):
    """Also where the network went silent, which the server notices within 15 seconds."""
    visit = gate.enter()
    stays_open(gate, clock, visit, [8] * 10)
    clock.forward(seconds=silent)
    gate.renew(visit)
    gate.do(visits.window_closed, visit.id)
    clock.forward(seconds=60 - silent)
    with pytest.raises(NotOpen):
        gate.grant()


def test_a_second_window_keeps_the_visit_when_the_first_closes(gate, clock):
    visit = gate.enter()
    gate.do(visits.window_closed, visit.id)
    assert stays_open(gate, clock, visit, [8] * 20)
    gate.do(visits.window_closed, visit.id)
    clock.forward(seconds=38)
    assert not gate.is_open()


def test_a_window_that_closes_late_gives_no_more_time(gate, clock):
    visit = gate.enter()
    clock.forward(seconds=41)
    gate.do(visits.window_closed, visit.id)
    clock.forward(seconds=1)
    assert not gate.is_open()
    gate.do(visits.window_closed, visit.id)
    assert not gate.is_open()


def test_a_visit_lasts_up_to_8_hours(gate, clock):
    visit = gate.enter()
    assert stays_open(gate, clock, visit, HOURS_IN_STEPS)
    assert gate.is_open()
    assert gate.grant().visit_id == visit.id


def test_a_visit_ends_at_8_hours_whatever_the_window_does(gate, clock):
    visit = gate.enter()
    assert stays_open(gate, clock, visit, HOURS_IN_STEPS)
    assert not stays_open(gate, clock, visit, [0.001])
    assert not gate.is_open()
    with pytest.raises(NotOpen):
        gate.grant()


def test_a_link_without_verification_opens_at_a_press_and_closes_with_its_window(unguarded, clock):
    assert not unguarded.is_open()
    visit = unguarded.do(gates.open_without_code, unguarded.token, unguarded.phone)
    assert unguarded.is_open()
    assert not unguarded.is_open(unguarded.laptop)
    assert unguarded.do(gates.open_without_code, unguarded.token, unguarded.phone).id == visit.id
    clock.forward(seconds=42)
    assert not unguarded.is_open()


def test_nobody_gets_past_verification_by_a_press(gate):
    with pytest.raises(NotPermitted):
        gate.do(gates.open_without_code, gate.token, gate.phone)
    assert gate.rows(Visit) == []
