from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates.delivery import claiming, outbox
from caseupdates.delivery.models import Lane, Message, Pause
from caseupdates.delivery.outcomes import Accepted, Parked, Paused, Refused, TryAgain, Unknown, note
from caseupdates.delivery.patience import NOT_SURE, NOT_TAKEN
from tests.delivery.post import a_mail, attempted, claimed, ids_of


@pytest.fixture
def message(session):
    outbox.enqueue(session, a_mail())
    [message_id] = ids_of(claimed(session))
    return session.get_one(Message, message_id, populate_existing=True)


def longest(_low: float, high: float) -> float:
    return high


def test_an_accepted_mail_has_the_providers_name_for_it(message, clock):
    note(message, Accepted("re_1"), at=clock())
    assert (message.accepted_at, message.provider_id, message.due_at) == (clock(), "re_1", None)


def test_a_refused_mail_says_why(message, clock):
    note(message, Refused("The address is misspelled."), at=clock())
    assert (message.refused_at, message.due_at, message.detail) == (clock(), None, "The address is misspelled.")


def test_a_parked_mail_says_what_to_look_at(message, clock):
    note(message, Parked("Look at the account."), at=clock())
    assert (message.parked_at, message.due_at, message.detail) == (clock(), None, "Look at the account.")


def test_a_mail_that_has_to_wait_says_for_whom_and_comes_back(message, clock):
    note(message, TryAgain(), at=clock(), jitter=longest)
    assert message.due_at == clock() + timedelta(seconds=5)
    assert message.detail.startswith("Waiting for the mail provider")


@pytest.mark.parametrize("outcome", [TryAgain, Unknown])
def test_a_mail_comes_back_when_the_provider_says(message, clock, outcome):
    note(message, outcome(after=timedelta(seconds=40)), at=clock(), jitter=lambda low, high: low)
    assert message.due_at == clock() + timedelta(seconds=40)


def test_a_mail_the_provider_did_not_take_is_certain_not_to_have_left(message, clock):
    note(message, TryAgain(), at=clock())
    assert message.batch_id is None


def test_doubt_about_an_earlier_attempt_stays(session, clock):
    outbox.enqueue(session, a_mail())
    doubtful = attempted(session, Unknown()).batch_id
    clock.forward(hours=1)
    assert attempted(session, TryAgain()).batch_id == doubtful
    clock.forward(hours=1)
    assert attempted(session, Paused("Not now.", timedelta(0), Pause.ACCOUNT)).batch_id == doubtful


def test_a_pause_of_the_whole_queue_says_nothing_of_the_mail(message, clock):
    note(message, Paused("The key is wrong.", timedelta(minutes=15), Pause.ACCOUNT), at=clock())
    assert (message.due_at, message.detail, message.batch_id) == (clock(), "The key is wrong.", None)
    assert (message.attempts, message.first_attempt_at) == (0, None)


def test_a_mail_nobody_takes_is_parked_when_the_next_attempt_would_be_after_three_days(message, clock):
    clock.forward(days=3, seconds=-6)
    note(message, TryAgain(), at=clock(), jitter=longest)
    assert message.parked_at is None
    clock.forward(seconds=1)
    note(message, TryAgain(), at=clock(), jitter=longest)
    assert (message.parked_at, message.detail) == (clock(), NOT_TAKEN)


@pytest.mark.parametrize("outcome", [Unknown(), TryAgain(), Paused("Not now.", timedelta(0), Pause.ACCOUNT)])
def test_a_mail_that_may_have_been_taken_is_never_called_not_taken(session, clock, outcome):
    outbox.enqueue(session, a_mail(), lane=Lane.CODE, useless_after=clock() + timedelta(minutes=10))
    attempted(session, Unknown())
    clock.forward(minutes=9, seconds=59)
    attempted(session, outcome)
    clock.forward(hours=23)
    claiming.claim(session)
    [message] = session.exec(select(Message)).all()
    assert (message.due_at, message.detail) == (None, NOT_SURE)
