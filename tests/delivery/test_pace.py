from datetime import timedelta

import pytest

from caseupdates.delivery import outbox, pace
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Accepted, Paused
from caseupdates.delivery.pace import Trip
from caseupdates.delivery.parcels import Answer, Limits
from tests.delivery.post import a_mail, claimed

NO_MAIL_TODAY = Paused("Used up.", timedelta(hours=9), Pause.QUOTA)


@pytest.fixture
def account(session):
    return pace.provider(session)


@pytest.fixture
def parcel(session):
    outbox.enqueue(session, a_mail())
    return claimed(session)


def answered(session, parcel, remaining, limit=10):
    pace.hear(session, parcel, Answer(Accepted("re_1"), Limits(limit, remaining)))


def test_ten_requests_a_second_until_the_provider_says_otherwise(session, account, clock):
    assert pace.opens_at(account) is None
    pace.take(session, account)
    assert pace.opens_at(account) == clock() + timedelta(milliseconds=101)
    clock.forward(milliseconds=101)
    assert pace.opens_at(account) is None


def test_eleven_requests_are_never_within_one_second(session, account, clock):
    began = clock()
    for _ in range(10):
        pace.take(session, account)
        clock.forward(seconds=(pace.opens_at(account) - clock()).total_seconds())
    assert clock() - began > timedelta(seconds=1)


def test_a_turn_taken_ahead_of_its_time_comes_no_sooner(session, account, clock):
    first, second = pace.take(session, account), pace.take(session, account)
    assert (first.at, second.at) == (clock(), clock() + timedelta(milliseconds=101))


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
    turns = [pace.take(session, account) for _ in range(3)]
    went(session, parcel, turns[0], late=late, took=took)
    turns += [pace.take(session, account) for _ in range(8)]
    assert turns[10].at - turns[0].at == timedelta(milliseconds=1_010 + waits)


def test_of_the_first_request_it_is_only_known_that_it_came_before_its_answer(session, account, parcel):
    turns = [pace.take(session, account)]
    went(session, parcel, turns[0], took=100)
    turns += [pace.take(session, account) for _ in range(10)]
    assert turns[10].at - turns[0].at == timedelta(milliseconds=1_100)


@pytest.mark.usefixtures("known")
def test_a_request_that_came_late_long_ago_delays_nobody(session, account, parcel):
    turns = [pace.take(session, account) for _ in range(11)]
    due = account.next_at
    went(session, parcel, turns[0], late=3_000)
    assert account.next_at == due


@pytest.mark.usefixtures("known")
def test_what_came_late_together_is_waited_for_once(session, account, parcel):
    turns = [pace.take(session, account) for _ in range(3)]
    for turn in turns:
        went(session, parcel, turn, late=30)
    turns += [pace.take(session, account) for _ in range(10)]
    assert [turns[n + 10].at - turns[n].at for n in range(3)] == [timedelta(milliseconds=1_030)] * 3


@pytest.mark.usefixtures("known")
def test_a_way_to_the_provider_that_became_longer_is_learned(session, account, parcel):
    for _ in range(500):
        went(session, parcel, pace.take(session, account), took=200)
    assert account.fastest == pytest.approx(0.2, abs=0.001)


def test_a_provider_that_takes_many_is_not_asked_to_write_down_each_answer(session, account, parcel, clock):
    answered(session, parcel, remaining=9)
    heard_at = account.answered_at
    clock.forward(milliseconds=500)
    answered(session, parcel, remaining=9)
    assert account.answered_at == heard_at
    clock.forward(milliseconds=500)
    answered(session, parcel, remaining=9)
    assert account.answered_at == clock()


def test_the_pace_follows_the_providers_limit(session, account, parcel, clock):
    answered(session, parcel, remaining=1, limit=2)
    pace.take(session, account)
    assert pace.opens_at(account) == clock() + timedelta(milliseconds=505)


def test_what_somebody_else_uses_of_the_limit_is_left_to_them(session, account, parcel, clock):
    answered(session, parcel, remaining=4)  # six were used in this second, one of them ours
    pace.take(session, account)
    assert account.others == 5
    assert pace.opens_at(account) == clock() + timedelta(milliseconds=202)


def test_an_account_used_up_by_others_is_still_asked_once_a_second(session, account, parcel, clock):
    answered(session, parcel, remaining=0, limit=1)
    account.others = 1
    pace.take(session, account)
    assert pace.opens_at(account) == clock() + timedelta(seconds=1.01)


def test_the_queue_waits_until_the_quota_resets(session, account, parcel, clock):
    assert pace.hear(session, parcel, Answer(NO_MAIL_TODAY)) == NO_MAIL_TODAY
    clock.forward(hours=8, minutes=59, seconds=59)
    assert pace.opens_at(account) == clock() + timedelta(seconds=1)
    clock.forward(seconds=1)
    assert pace.opens_at(account) is None


def test_a_pause_is_news_once(session, account, parcel):
    assert pace.hear(session, parcel, Answer(NO_MAIL_TODAY))
    assert pace.hear(session, parcel, Answer(NO_MAIL_TODAY)) is None


def test_a_moment_of_too_many_requests_is_no_news(session, account, parcel, clock):
    assert pace.hear(session, parcel, Answer(Paused("Busy.", timedelta(seconds=1), Pause.LIMIT))) is None
    assert pace.opens_at(account) == clock() + timedelta(seconds=1)


def test_an_accepted_mail_ends_a_pause(session, account, parcel):
    pace.hear(session, parcel, Answer(NO_MAIL_TODAY))
    answered(session, parcel, remaining=9)
    assert (account.pause, account.paused_why, pace.opens_at(account)) == (None, "", None)


def test_another_key_is_tried_at_once_and_the_same_is_not(session, account, parcel):
    pace.use_key(session, "hash of one")
    pace.hear(session, parcel, Answer(Paused("Wrong key.", timedelta(minutes=15), Pause.ACCOUNT)))
    pace.use_key(session, "hash of one")
    assert pace.opens_at(account)
    pace.use_key(session, "hash of another")
    assert pace.opens_at(account) is None


def test_what_an_earlier_key_was_not_allowed_is_asked_again_with_another(session, account):
    pace.use_key(session, "hash of one")
    account.domain_status = "restricted"
    pace.use_key(session, "hash of one")
    assert account.domain_status == "restricted"
    pace.use_key(session, "hash of another")
    assert account.domain_status == ""


def test_a_clock_that_is_set_back_stops_nothing(session, account, clock):
    pace.take(session, account)
    clock.forward(hours=-1)
    assert pace.opens_at(account) is None
    pace.take(session, account)
    assert pace.opens_at(account) == clock() + timedelta(milliseconds=101)


@pytest.mark.usefixtures("known")
def test_a_clock_that_is_set_back_while_a_request_is_under_way_stops_nothing(session, account, parcel, clock):
    turn = pace.take(session, account)
    clock.forward(hours=-1)
    pace.hear(session, parcel, Answer(Accepted("re_1"), Limits(10, None)), Trip(turn, turn.at, clock()))
    went(session, parcel, pace.take(session, account))
    assert pace.opens_at(account) < clock() + timedelta(seconds=1)


def heard(session, parcel, outcome, clock, *, left_ago):
    """An answer to a request that left so many seconds ago."""
    turn = pace.Turn(0, clock(), timedelta(milliseconds=101))
    trip = Trip(turn, clock() - timedelta(seconds=left_ago), clock())
    return pace.hear(session, parcel, Answer(outcome, Limits(10, None)), trip)


def test_a_mail_accepted_from_before_the_pause_does_not_end_it(session, account, parcel, clock):
    assert heard(session, parcel, NO_MAIL_TODAY, clock, left_ago=1)
    clock.forward(seconds=1)
    heard(session, parcel, Accepted("re_1"), clock, left_ago=3)
    assert (account.pause, pace.opens_at(account)) == (Pause.QUOTA, clock() + timedelta(hours=9, seconds=-1))
    clock.forward(hours=9)
    heard(session, parcel, Accepted("re_2"), clock, left_ago=1)
    assert account.pause is None


def test_a_moment_of_too_many_requests_does_not_shorten_a_longer_pause(session, account, parcel, clock):
    heard(session, parcel, NO_MAIL_TODAY, clock, left_ago=1)
    heard(session, parcel, Paused("Busy.", timedelta(seconds=1), Pause.LIMIT), clock, left_ago=1)
    assert (account.pause, pace.opens_at(account)) == (Pause.QUOTA, clock() + timedelta(hours=9))
    assert heard(session, parcel, NO_MAIL_TODAY, clock, left_ago=1) is None
