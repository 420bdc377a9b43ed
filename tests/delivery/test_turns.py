"""Requests in their turn: never one too many in a second for the provider, whatever way each has to it."""

from datetime import timedelta

import pytest

from caseupdates.delivery import outbox, pace, turns
from caseupdates.delivery.outcomes import Accepted
from caseupdates.delivery.parcels import Answer, Limits
from caseupdates.delivery.turns import Trip
from tests.delivery.post import a_mail, claimed


@pytest.fixture
def parcel(session):
    outbox.enqueue(session, a_mail())
    return claimed(session)


def test_ten_requests_a_second_until_the_provider_says_otherwise(session, account, clock):
    assert turns.opens_at(account) is None
    turns.take(session, account)
    assert turns.opens_at(account) == clock() + timedelta(milliseconds=101.5)
    clock.forward(milliseconds=101.5)
    assert turns.opens_at(account) is None


def test_eleven_requests_are_never_within_one_second(session, account, clock):
    began = clock()
    for _ in range(10):
        turns.take(session, account)
        clock.forward(seconds=(turns.opens_at(account) - clock()).total_seconds())
    assert clock() - began > timedelta(seconds=1)


def test_a_turn_taken_ahead_of_its_time_comes_no_sooner(session, account, clock):
    first, second = turns.take(session, account), turns.take(session, account)
    assert (first.at, second.at) == (clock(), clock() + timedelta(milliseconds=101.5))


def went(session, parcel, turn, *, late=0, took=100):
    """A request left so many milliseconds after its turn, and its answer took so many."""
    left_at = turn.at + timedelta(milliseconds=late)
    trip = Trip(turn, left_at, left_at + timedelta(milliseconds=took))
    pace.hear(session, parcel, Answer(Accepted("re_1"), Limits(10, None)), trip)


@pytest.fixture
def known(session, account, parcel):
    """The fastest answer took 100 ms so far."""
    account.fastest = 0.1


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("late", "took", "waits"), [(0, 100, 0), (10, 100, 0), (30, 100, 20), (0, 130, 20), (15, 115, 20)]
)
def test_from_when_a_request_may_have_come_a_second_passes(session, account, parcel, late, took, waits):
    taken = [turns.take(session, account) for _ in range(3)]
    went(session, parcel, taken[0], late=late, took=took)
    taken += [turns.take(session, account) for _ in range(8)]
    assert taken[10].at - taken[0].at == timedelta(milliseconds=1_015 + waits)


def test_of_the_first_request_it_is_only_known_that_it_came_before_its_answer(session, account, parcel):
    taken = [turns.take(session, account)]
    went(session, parcel, taken[0], took=100)
    taken += [turns.take(session, account) for _ in range(10)]
    assert taken[10].at - taken[0].at == timedelta(milliseconds=1_105)


@pytest.mark.usefixtures("known")
def test_a_request_that_came_late_long_ago_delays_nobody(session, account, parcel):
    taken = [turns.take(session, account) for _ in range(11)]
    due = account.next_at
    went(session, parcel, taken[0], late=3_000)
    assert account.next_at == due


@pytest.mark.usefixtures("known")
def test_what_came_late_together_is_waited_for_once(session, account, parcel):
    taken = [turns.take(session, account) for _ in range(3)]
    for turn in taken:
        went(session, parcel, turn, late=30)
    taken += [turns.take(session, account) for _ in range(10)]
    assert [taken[n + 10].at - taken[n].at for n in range(3)] == [timedelta(milliseconds=1_035)] * 3


@pytest.mark.usefixtures("known")
def test_a_way_to_the_provider_that_became_longer_is_learned(session, account, parcel):
    for _ in range(500):
        went(session, parcel, turns.take(session, account), took=200)
    assert account.fastest == pytest.approx(0.2, abs=0.001)


def test_a_clock_that_is_set_back_stops_nothing(session, account, clock):
    turns.take(session, account)
    clock.forward(hours=-1)
    assert turns.opens_at(account) is None
    turns.take(session, account)
    assert turns.opens_at(account) == clock() + timedelta(milliseconds=101.5)


@pytest.mark.usefixtures("known")
def test_a_clock_that_is_set_back_while_a_request_is_under_way_stops_nothing(session, account, parcel, clock):
    turn = turns.take(session, account)
    clock.forward(hours=-1)
    pace.hear(session, parcel, Answer(Accepted("re_1"), Limits(10, None)), Trip(turn, turn.at, clock()))
    went(session, parcel, turns.take(session, account))
    assert turns.opens_at(account) < clock() + timedelta(seconds=1)
