import pytest

from caseupdates.delivery import outbox
from caseupdates.delivery.journey import Stage, Step, journey
from caseupdates.delivery.outcomes import Accepted, Parked, Refused, TryAgain, Unknown
from tests.delivery.post import a_mail, attempted, claimed


@pytest.fixture
def message(session):
    return outbox.enqueue(session, a_mail())


def test_a_new_mail_is_queued(message, clock):
    assert journey(message).steps == (Step(Stage.QUEUED, clock()),)


def test_a_mail_under_way_for_the_first_time_is_still_queued(session, message):
    claimed(session)
    session.refresh(message)
    assert message.attempts == 1
    assert journey(message).stage == "queued"


@pytest.mark.parametrize("outcome", [TryAgain(), Unknown()])
def test_a_mail_that_was_not_taken_waits_since_its_first_attempt(session, message, clock, outcome):
    clock.forward(seconds=10)
    waiting_since = clock()
    attempted(session, outcome)
    clock.forward(hours=1)
    told = journey(attempted(session, outcome))
    assert told.steps[-1] == Step(Stage.WAITING, waiting_since)
    assert told.stage == "waiting for the mail provider"
    assert told.detail == "Waiting for the mail provider."


def test_an_accepted_mail_waits_no_more(session, message, clock):
    attempted(session, TryAgain())
    clock.forward(hours=1)
    told = journey(attempted(session, Accepted("re_1")))
    assert [step.stage for step in told.steps] == ["queued", "accepted"]
    assert told.steps[-1].at == clock()
    assert told.detail == ""


@pytest.mark.parametrize(("fact", "stage"), [("delivered_at", "delivered"), ("bounced_at", "bounced")])
def test_what_happens_after_acceptance_is_the_last_step(session, message, clock, fact, stage):
    attempted(session, Accepted("re_1"))
    setattr(message, fact, clock())
    assert [step.stage for step in journey(message).steps] == ["queued", "accepted", stage]


@pytest.mark.parametrize("outcome", [Refused("The address is misspelled."), Parked("The address is misspelled.")])
def test_a_refused_and_a_parked_mail_failed_and_say_why(session, message, outcome):
    told = journey(attempted(session, outcome))
    assert (told.stage, told.detail) == ("failed", "The address is misspelled.")


def test_a_mail_put_in_again_is_queued(session, message):
    parked = attempted(session, Parked("Look."))
    assert journey(outbox.retry(session, parked.id)).stage == "queued"


def test_a_cancelled_mail_is_cancelled(session, message):
    outbox.cancel(session, [message.id])
    session.refresh(message)
    assert journey(message).stage == "cancelled"
