from datetime import timedelta

import pytest

from caseupdates.delivery import patience
from caseupdates.delivery.models import Batch
from caseupdates.delivery.patience import LONGEST_PAUSE, NOT_TAKEN, given_up, key_protects, pause
from tests.delivery.post import a_mail


def least(low: float, _high: float) -> float:
    return low


def most(_low: float, high: float) -> float:
    return high


@pytest.fixture
def message(session):
    from caseupdates.delivery import outbox

    return outbox.enqueue(session, a_mail())


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 5), (1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (5000, 3600)]
)
def test_each_pause_is_twice_the_last_up_to_an_hour(attempts, seconds):
    assert pause(attempts, jitter=most) == timedelta(seconds=seconds)


def test_jitter_takes_off_up_to_half():
    assert pause(3, jitter=least) == timedelta(seconds=10)


def test_two_messages_do_not_come_back_together():
    assert len({pause(8) for _ in range(5)}) == 5


def test_the_providers_word_is_honoured_never_too_early():
    assert pause(9, timedelta(seconds=2), jitter=least) == timedelta(seconds=2)
    assert pause(9, timedelta(seconds=2), jitter=most) == timedelta(seconds=3)


def test_the_providers_word_is_capped():
    assert pause(1, timedelta(days=30), jitter=least) == LONGEST_PAUSE


def test_a_provider_that_says_at_once_gets_our_pause():
    assert pause(1, timedelta(0), jitter=most) == patience.FIRST_PAUSE


def test_a_message_is_tried_until_three_days_are_over(message, clock):
    message.first_attempt_at = clock()
    clock.forward(days=2, hours=23, minutes=59, seconds=59)
    assert given_up(message, at=clock()) == ""
    clock.forward(seconds=1)
    assert given_up(message, at=clock()) == NOT_TAKEN


def test_the_provider_knows_a_batch_by_its_key_for_23_hours(clock):
    batch = Batch(key="k", created_at=clock(), attempted_at=clock())
    clock.forward(hours=22, minutes=59, seconds=59)
    assert key_protects(batch, at=clock())
    clock.forward(seconds=1)
    assert not key_protects(batch, at=clock())
