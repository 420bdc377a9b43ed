"""Where mail stands, counted."""

from datetime import timedelta

import pytest

from caseupdates.delivery import outbox
from caseupdates.delivery.models import Lane, Pause
from caseupdates.delivery.outcomes import Accepted, Parked, Paused, Refused, TryAgain, Unknown
from caseupdates.delivery.queue import Place, Standing, queue, total
from tests.delivery.post import a_mail, attempted, claimed

MINUTE = timedelta(minutes=1)


def places(session):
    return {place: standing.count for (place, _), standing in queue(session).items()}


def test_nothing_stands_in_an_empty_queue(session):
    assert queue(session) == {}
    assert total(queue(session), Place.DUE) == Standing()


def test_a_mail_can_be_undone_until_it_is_due(session, clock):
    outbox.enqueue(session, a_mail(), due_at=clock() + MINUTE)
    clock.forward(seconds=59)
    assert places(session) == {Place.LATER: 1}
    clock.forward(seconds=1)
    assert places(session) == {Place.DUE: 1}


def test_a_mail_is_with_the_provider_for_as_long_as_a_worker_holds_it(session, clock):
    outbox.enqueue(session, a_mail())
    claimed(session)
    assert places(session) == {Place.UNDER_WAY: 1}
    clock.forward(minutes=2)  # the worker is gone
    assert places(session) == {Place.AGAIN: 1}


@pytest.mark.parametrize("outcome", [TryAgain(), Unknown()])
def test_what_was_not_clearly_taken_is_to_be_tried_again(session, outcome):
    outbox.enqueue(session, a_mail())
    attempted(session, outcome)
    assert places(session) == {Place.AGAIN: 1}


def test_what_a_pause_turned_back_is_still_ready_to_go(session):
    outbox.enqueue(session, a_mail())
    attempted(session, Paused("Used up.", MINUTE, Pause.QUOTA))
    assert places(session) == {Place.DUE: 1}


@pytest.mark.parametrize("outcome", [Accepted("re_1"), Refused("No.")])
def test_what_has_ended_stands_nowhere(session, outcome):
    outbox.enqueue(session, a_mail())
    attempted(session, outcome)
    assert queue(session) == {}


def test_a_parked_mail_is_as_old_as_its_parking(session, clock):
    outbox.enqueue(session, a_mail())
    clock.forward(hours=5)
    attempted(session, Parked("Look."))
    assert queue(session) == {(Place.PARKED, Lane.MAIL): Standing(1, clock())}


def test_codes_are_counted_for_themselves_and_the_oldest_is_told(session, clock):
    began = clock()
    outbox.enqueue(session, a_mail())
    clock.forward(minutes=3)
    outbox.enqueue_all(session, [a_mail(), a_mail()])
    outbox.enqueue(session, a_mail(), lane=Lane.CODE)
    found = queue(session)
    assert found[Place.DUE, Lane.MAIL] == Standing(3, began, began)
    assert found[Place.DUE, Lane.CODE] == Standing(1, clock(), clock())
    assert total(found, Place.DUE) == Standing(4, began, began)


def test_every_mail_that_has_not_ended_stands_somewhere(session, clock):
    waits = 0
    for outcome in (TryAgain(), Unknown(), Parked("Look."), Accepted("re_1")):
        outbox.enqueue(session, a_mail())
        attempted(session, outcome)
        waits += not isinstance(outcome, Accepted)
    outbox.enqueue(session, a_mail(), due_at=clock() + MINUTE)
    outbox.enqueue(session, a_mail())
    assert sum(places(session).values()) == waits + 2
    assert places(session) == {Place.AGAIN: 2, Place.PARKED: 1, Place.LATER: 1, Place.DUE: 1}
