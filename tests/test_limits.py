"""Rate limits: so many tries, refilled evenly, each caller and door apart."""

from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates import limits
from caseupdates.database import reading, writing
from caseupdates.limits import Bucket, Door
from caseupdates.refusals import TooMany
from tests.together import together

DOOR = Door("test", tries=3, per=timedelta(minutes=1))


def tries(session, count, caller="a", door=DOOR):
    """How many of so many tries get through."""
    passed = 0
    for _ in range(count):
        try:
            limits.pass_through(session, door, caller)
        except TooMany:
            continue
        passed += 1
    return passed


def test_as_many_tries_get_through_as_the_door_says(session):
    assert tries(session, 3) == 3
    assert tries(session, 1) == 0


def test_a_try_comes_back_after_its_share_of_the_time(session, clock):
    tries(session, 3)
    clock.forward(seconds=19, milliseconds=999)
    assert tries(session, 1) == 0
    clock.forward(milliseconds=1)
    assert tries(session, 2) == 1


def test_after_the_whole_time_all_tries_are_back_and_no_more(session, clock):
    tries(session, 3)
    clock.forward(minutes=1)
    assert tries(session, 10) == 3
    clock.forward(days=30)
    assert tries(session, 10) == 3


def test_asking_again_too_early_costs_nothing(session, clock):
    tries(session, 3)
    clock.forward(seconds=19)
    assert tries(session, 50) == 0
    clock.forward(seconds=1)
    assert tries(session, 1) == 1


def test_who_is_refused_learns_how_long_to_wait_and_that_is_enough(session, clock):
    tries(session, 3)
    with pytest.raises(TooMany, match=r"^Too many tries\. Wait 21 seconds, then try again\.$") as refused:
        limits.pass_through(session, DOOR, "a")
    assert refused.value.status == 429
    clock.forward(seconds=refused.value.seconds)
    assert tries(session, 1) == 1


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "2 seconds"), (89, "89 seconds"), (90, "2 minutes"), (120, "2 minutes"), (121, "3 minutes")],
)
def test_a_long_wait_is_said_in_minutes(seconds, said):
    assert said in str(TooMany(seconds))


def test_callers_and_doors_do_not_share_tries(session):
    tries(session, 3, "a")
    assert tries(session, 1, "b") == 1
    assert tries(session, 1, "a", Door("other", tries=3, per=timedelta(minutes=1))) == 1


def test_a_caller_cannot_reach_into_another_door_by_its_name(session):
    tries(session, 3, "address\nx", Door("sign-in", tries=3, per=timedelta(minutes=1)))
    assert tries(session, 1, "x", Door("sign-in address", tries=3, per=timedelta(minutes=1))) == 1


@pytest.mark.parametrize("count", [1, 4])
def test_nobody_is_written_down_in_clear(session, count):
    tries(session, count, "client@example.com")
    session.flush()
    assert "client" not in str([row.model_dump() for row in session.exec(select(Bucket))])


def test_a_clock_set_back_gives_nothing_and_takes_nothing(session, clock):
    tries(session, 1)
    clock.forward(hours=-1)
    assert tries(session, 3) == 2
    clock.forward(minutes=1)
    assert tries(session, 4) == 3


@pytest.mark.parametrize("door", [limits.SIGN_IN_BY_ADDRESS, limits.SIGN_IN_BY_NETWORK])
def test_the_doors_of_signing_in_open_again_within_a_quarter_of_an_hour(session, clock, door):
    assert tries(session, door.tries + 1, door=door) == door.tries
    clock.forward(minutes=15)
    assert tries(session, door.tries + 1, door=door) == door.tries


def test_tries_at_the_same_moment_are_all_counted(emptied, clock):
    def knock():
        with writing() as session:
            limits.pass_through(session, DOOR, "a")

    answers = together(*[knock] * 6)
    assert answers.count(None) == 3
    assert sum(isinstance(each, TooMany) for each in answers) == 3
    with reading() as session:
        assert len(session.exec(select(Bucket)).all()) == 1
