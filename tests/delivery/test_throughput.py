"""How much the provider accepted, by the minute and by the hour."""

from datetime import timedelta

import pytest

from caseupdates.delivery import outbox
from caseupdates.delivery.throughput import DAY, HOUR, MINUTE, accepted_in, bars
from tests.delivery.post import a_mail


@pytest.fixture
def accept(session, clock):
    """Have so many mails accepted, so long ago."""

    def accepted(count=1, **ago):
        for message in outbox.enqueue_all(session, [a_mail() for _ in range(count)]):
            message.accepted_at, message.due_at = clock() - timedelta(**ago), None
        session.flush()

    return accepted


@pytest.mark.parametrize(("span", "seconds"), [(MINUTE, 60), (HOUR, 3_600), (DAY, 86_400)])
def test_what_was_accepted_counts_until_the_span_is_over(session, accept, clock, span, seconds):
    accept(3)
    clock.forward(seconds=seconds - 1)
    assert accepted_in(session, span) == 3
    clock.forward(seconds=1)
    assert accepted_in(session, span) == 0


def test_the_last_hour_is_sixty_minutes_of_which_the_present_is_the_last(session, accept, clock):
    accept(2)
    accept(5, minutes=59)
    accept(9, minutes=60)
    counts = [bar.count for bar in bars(session, each=MINUTE, count=60)]
    assert (len(counts), counts[0], counts[-1], sum(counts)) == (60, 5, 2, 7)


def test_a_minute_begins_on_its_first_second_and_ends_before_the_next(session, accept, clock):
    accept(1, seconds=1)  # the clock stands at nine sharp
    accept(1)
    before, now = bars(session, each=MINUTE, count=2)
    assert (before.count, now.count) == (1, 1)
    assert now.began_at == clock()
    assert now.began_at - before.began_at == MINUTE


def test_fractions_of_a_second_are_not_lost(session, accept):
    accept(1, milliseconds=-900)
    accept(1, milliseconds=100)
    assert sum(bar.count for bar in bars(session, each=MINUTE, count=2)) == 2


def test_a_day_is_told_by_the_hour(session, accept):
    accept(4, hours=23)
    accept(1, hours=24)
    assert [bar.count for bar in bars(session, each=HOUR, count=24)] == [4, *[0] * 23]


def test_what_waits_or_was_refused_was_not_accepted(session, clock):
    outbox.enqueue(session, a_mail())
    refused = outbox.enqueue(session, a_mail())
    refused.refused_at, refused.due_at = clock(), None
    session.flush()
    assert accepted_in(session, DAY) == 0
    assert not any(bar.count for bar in bars(session, each=HOUR, count=24))
