"""What events leave on a message, whatever was thought of it before."""

from datetime import timedelta

import pytest

from caseupdates.delivery import facts, outbox
from caseupdates.delivery.journey import journey
from caseupdates.delivery.outcomes import Accepted, Parked, Refused, TryAgain, Unknown
from tests.delivery.post import a_mail, attempted, claimed
from tests.delivery.reports import HARD, SOFT, report


@pytest.fixture
def message(session, clock):
    made = outbox.enqueue(session, a_mail())
    clock.forward(minutes=5)
    return made


def told(message, *types, **details):
    for type in types:
        facts.apply(message, report(message, type, **details))
    return journey(message)


@pytest.mark.parametrize(
    ("types", "stage"),
    [
        (["sent"], "accepted"),
        (["delivery_delayed"], "delayed"),
        (["delivery_delayed", "delivered"], "delivered"),
        (["delivered", "delivery_delayed"], "delivered"),
        (["delivered", "sent"], "delivered"),
        (["suppressed"], "suppressed"),
        (["failed"], "failed"),
        (["bounced"], "bounced"),
        (["delivered", "bounced"], "bounced"),
        (["bounced", "delivered"], "bounced"),
        (["delivered", "complained"], "marked as spam"),
        (["complained", "delivered"], "marked as spam"),
    ],
)
def test_the_ladder_stands_where_what_weighs_most_puts_it(message, types, stage):
    assert told(message, *types).stage == stage


def test_the_moment_of_a_step_is_the_earliest_that_was_reported(message, clock):
    first = clock() - timedelta(minutes=3)
    for at in (clock(), first, clock() - timedelta(minutes=1)):
        facts.apply(message, report(message, at=at))
    assert message.delivered_at == first


def test_nothing_happened_before_the_mail_was_written(message, clock):
    facts.apply(message, report(message, at=clock() - timedelta(days=900)))
    assert message.accepted_at == message.delivered_at == message.created_at


def test_words_of_a_delay_go_when_the_mail_arrives(message):
    assert told(message, "delivery_delayed").detail
    assert told(message, "delivered").detail == ""
    assert told(message, "delivery_delayed").detail == ""


def test_of_two_bounces_the_earlier_one_is_told(message, clock):
    facts.apply(message, report(message, "bounced", **SOFT))
    facts.apply(message, report(message, "bounced", at=clock() - timedelta(minutes=1), **HARD))
    facts.apply(message, report(message, "bounced", **SOFT))
    assert journey(message).detail == "The address does not exist."


@pytest.mark.parametrize("outcome", [TryAgain(), Unknown(), Parked("Not certain."), Refused("No such address.")])
def test_an_event_settles_what_was_thought_not_to_have_arrived(session, message, outcome):
    attempted(session, outcome)
    seen = told(message, "delivered")
    assert [step.stage for step in seen.steps] == ["queued", "accepted", "delivered"]
    assert (seen.detail, message.due_at, message.provider_id) == ("", None, report(message).provider_id)


def test_a_mail_in_the_middle_of_being_handed_over_is_settled_and_stays_in_its_batch(session, message):
    parcel = claimed(session)
    session.refresh(message)
    told(message, "sent")
    assert (message.due_at, message.batch_id) == (None, parcel.batch_id)


def test_a_mail_taken_back_that_arrived_all_the_same_says_both(session, message):
    outbox.cancel(session, [message.id])
    session.refresh(message)
    assert [step.stage for step in told(message, "delivered").steps] == ["queued", "cancelled", "accepted", "delivered"]
    assert message.cancelled_at


@pytest.mark.parametrize("type", ["delivered", "bounced", "complained", "failed", "suppressed"])
def test_nobody_is_asked_about_a_mail_whose_end_is_known(message, type):
    assert told(message, "sent")
    assert message.ask_at
    assert told(message, type)
    assert message.ask_at is None
    assert told(message, "sent", "delivery_delayed")
    assert message.ask_at is None


def test_a_mail_under_way_is_asked_about_in_a_quarter_of_an_hour_and_a_delayed_one_in_hours(message, clock):
    told(message, "sent")
    assert message.ask_at == clock() + timedelta(minutes=15)
    told(message, "delivery_delayed")
    assert message.ask_at == clock() + timedelta(hours=6)
    told(message, "sent")
    assert message.ask_at == clock() + timedelta(hours=6)


def test_an_accepted_mail_keeps_what_it_was_accepted_as(session, message, clock):
    accepted = attempted(session, Accepted("re_1"))
    at = accepted.accepted_at
    clock.forward(minutes=1)
    told(accepted, "delivered")
    assert (accepted.accepted_at, accepted.provider_id) == (at, "re_1")


def test_the_first_trouble_is_news_and_no_other(message):
    news = [facts.apply(message, report(message, type)) for type in ("sent", "delivery_delayed", "delivered")]
    troubles = [facts.apply(message, report(message, type)) for type in ("bounced", "bounced", "complained", "failed")]
    assert news == [False] * 3
    assert troubles == [True, False, False, False]
