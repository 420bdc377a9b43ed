from datetime import timedelta

import pytest

from caseupdates.delivery import outbox, pace
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Accepted, Paused
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


@pytest.mark.parametrize(("late", "waits"), [(0, 0), (10, 0), (30, 20)])
def test_a_request_that_came_late_keeps_a_second_from_the_one_too_many_for_it(session, account, clock, late, waits):
    late, turns = timedelta(milliseconds=late), [pace.take(session, account) for _ in range(3)]
    pace.came_late(session, turns[0], turns[0].at + late)
    turns += [pace.take(session, account) for _ in range(8)]
    assert turns[10].at - turns[0].at == timedelta(milliseconds=1_010 + waits)


def test_a_request_that_came_late_long_ago_delays_nobody(session, account, clock):
    turns = [pace.take(session, account) for _ in range(11)]
    due = account.next_at
    pace.came_late(session, turns[0], turns[0].at + timedelta(seconds=3))
    assert account.next_at == due


def test_what_came_late_together_is_waited_for_once(session, account, clock):
    turns = [pace.take(session, account) for _ in range(3)]
    for turn in turns:
        pace.came_late(session, turn, turn.at + timedelta(milliseconds=30))
    turns += [pace.take(session, account) for _ in range(10)]
    assert [turns[n + 10].at - turns[n].at for n in range(3)] == [timedelta(milliseconds=1_030)] * 3


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
