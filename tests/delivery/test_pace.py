from datetime import timedelta

import pytest

from caseupdates.delivery import outbox, pace, turns
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Accepted, Paused
from caseupdates.delivery.parcels import Answer, Limits
from tests.delivery.post import a_mail, claimed

NO_MAIL_TODAY = Paused("Used up.", timedelta(hours=9), Pause.QUOTA)


@pytest.fixture
def parcel(session):
    outbox.enqueue(session, a_mail())
    return claimed(session)


def answered(session, parcel, remaining, limit=10):
    pace.hear(session, parcel, Answer(Accepted("re_1"), Limits(limit, remaining)))


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
    turns.take(session, account)
    assert turns.opens_at(account) == clock() + timedelta(milliseconds=507.5)


def test_what_somebody_else_uses_of_the_limit_is_left_to_them(session, account, parcel, clock):
    answered(session, parcel, remaining=4)  # six were used in this second, one of them ours
    turns.take(session, account)
    assert account.others == 5
    assert turns.opens_at(account) == clock() + timedelta(milliseconds=203)


def test_an_account_used_up_by_others_is_still_asked_once_a_second(session, account, parcel, clock):
    answered(session, parcel, remaining=0, limit=1)
    account.others = 1
    turns.take(session, account)
    assert turns.opens_at(account) == clock() + timedelta(seconds=1.015)


def test_the_queue_waits_until_the_quota_resets(session, account, parcel, clock):
    assert pace.hear(session, parcel, Answer(NO_MAIL_TODAY)) == NO_MAIL_TODAY
    clock.forward(hours=8, minutes=59, seconds=59)
    assert turns.opens_at(account) == clock() + timedelta(seconds=1)
    clock.forward(seconds=1)
    assert turns.opens_at(account) is None


def test_a_pause_is_news_once(session, account, parcel):
    assert pace.hear(session, parcel, Answer(NO_MAIL_TODAY))
    assert pace.hear(session, parcel, Answer(NO_MAIL_TODAY)) is None


def test_a_moment_of_too_many_requests_is_no_news(session, account, parcel, clock):
    assert pace.hear(session, parcel, Answer(Paused("Busy.", timedelta(seconds=1), Pause.LIMIT))) is None
    assert turns.opens_at(account) == clock() + timedelta(seconds=1)


def test_an_accepted_mail_ends_a_pause(session, account, parcel):
    pace.hear(session, parcel, Answer(NO_MAIL_TODAY))
    answered(session, parcel, remaining=9)
    assert (account.pause, account.paused_why, turns.opens_at(account)) == (None, "", None)


def test_another_key_is_tried_at_once_and_the_same_is_not(session, account, parcel):
    pace.use_key(session, "hash of one")
    pace.hear(session, parcel, Answer(Paused("Wrong key.", timedelta(minutes=15), Pause.ACCOUNT)))
    pace.use_key(session, "hash of one")
    assert turns.opens_at(account)
    pace.use_key(session, "hash of another")
    assert turns.opens_at(account) is None


def test_what_an_earlier_key_was_not_allowed_is_asked_again_with_another(session, account):
    pace.use_key(session, "hash of one")
    account.domain_status = "restricted"
    pace.use_key(session, "hash of one")
    assert account.domain_status == "restricted"
    pace.use_key(session, "hash of another")
    assert account.domain_status == ""


def heard(session, parcel, outcome, clock, *, left_ago):
    """An answer to a request that left so many seconds ago."""
    turn = turns.Turn(0, clock(), timedelta(milliseconds=101.5))
    trip = turns.Trip(turn, clock() - timedelta(seconds=left_ago), clock())
    return pace.hear(session, parcel, Answer(outcome, Limits(10, None)), trip)


def test_a_mail_accepted_from_before_the_pause_does_not_end_it(session, account, parcel, clock):
    assert heard(session, parcel, NO_MAIL_TODAY, clock, left_ago=1)
    clock.forward(seconds=1)
    heard(session, parcel, Accepted("re_1"), clock, left_ago=3)
    assert (account.pause, turns.opens_at(account)) == (Pause.QUOTA, clock() + timedelta(hours=9, seconds=-1))
    clock.forward(hours=9)
    heard(session, parcel, Accepted("re_2"), clock, left_ago=1)
    assert account.pause is None


def test_a_moment_of_too_many_requests_does_not_shorten_a_longer_pause(session, account, parcel, clock):
    heard(session, parcel, NO_MAIL_TODAY, clock, left_ago=1)
    heard(session, parcel, Paused("Busy.", timedelta(seconds=1), Pause.LIMIT), clock, left_ago=1)
    assert (account.pause, turns.opens_at(account)) == (Pause.QUOTA, clock() + timedelta(hours=9))
    assert heard(session, parcel, NO_MAIL_TODAY, clock, left_ago=1) is None
