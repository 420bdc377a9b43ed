"""The line on top: whether mail flows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from caseupdates.delivery import outbox, pace
from caseupdates.delivery.flow import Hue, flow
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Parked, Paused, TryAgain
from caseupdates.delivery.parcels import Answer
from caseupdates.delivery.queue import queue
from caseupdates.delivery.resend_answers import BUSY, THIS_MONTH, TODAY
from caseupdates.settings import settings
from tests.delivery.post import a_mail, attempted, claimed

RESEND = replace(settings(), resend_api_key="re_secret", mail_from="Firm <updates@firm.example>")
HOUR = timedelta(hours=1)


@pytest.fixture
def look(session):
    """The line as it stands now."""
    return lambda here=RESEND: flow(pace.provider(session), queue(session), here)


def pause(session, why, kind=Pause.ACCOUNT, after=HOUR):
    outbox.enqueue(session, a_mail())
    pace.hear(session, claimed(session), Answer(Paused(why, after, kind)))


def test_mail_flows_while_nothing_stands_in_its_way(session, look):
    outbox.enqueue(session, a_mail())
    assert (look().hue, look().says, look().is_paused) == (Hue.GOOD, "Mail is flowing", False)


@pytest.mark.parametrize(("why", "quota"), [(TODAY, "daily"), (THIS_MONTH, "monthly")])
def test_a_used_up_quota_pauses_it_until_a_time(session, look, clock, why, quota):
    pause(session, why, Pause.QUOTA)
    now = look()
    assert (now.hue, now.says, now.because) == (Hue.WAITS, "Mail is paused", f"the {quota} quota is used up")
    assert (now.until, now.is_paused) == (clock() + HOUR, True)


def test_a_limit_that_lasts_pauses_it_until_a_time(session, look, clock):
    pause(session, BUSY, Pause.LIMIT)
    now = look()
    assert (now.hue, now.says, now.because) == (Hue.WAITS, "Mail is paused", "the provider's limit is reached")
    assert (now.until, now.is_paused) == (clock() + HOUR, True)


@pytest.mark.parametrize(
    ("words", "what", "to_do"),
    [
        ("The API key is invalid.", "the API key was refused", "RESEND_API_KEY"),
        ("The API key is suspended.", "the account is suspended", "support"),
        ("The firm.example domain is not verified.", "the sender's domain is not verified", "resend.com/domains"),
        ("You can only send testing emails to your own address.", "the sender's domain is not verified", "Try now"),
        ("Something new.", "the account was refused", "Look at the account"),
    ],
)
def test_a_refused_account_stops_it_and_says_what_to_do(session, look, words, what, to_do):
    pause(session, f"Waiting for the mail provider: it does not accept this account. {words}")
    now = look()
    assert (now.hue, now.says, now.because, now.is_paused) == (Hue.BAD, "Mail is stopped", what, True)
    assert words in now.why
    assert to_do in now.to_do


def test_a_moment_of_too_many_requests_is_no_pause_to_speak_of(session, look):
    pause(session, "Busy.", Pause.LIMIT, after=timedelta(seconds=1))
    assert look().hue is Hue.GOOD


def test_mail_that_is_to_be_tried_again_is_delayed(session, look):
    outbox.enqueue(session, a_mail())
    attempted(session, TryAgain())
    assert (look().hue, look().says) == (Hue.WAITS, "Mail is delayed")
    assert "One mail waits" in look().why


def test_mail_that_nobody_takes_for_two_minutes_is_told(session, look, clock):
    outbox.enqueue(session, a_mail())
    clock.forward(minutes=2)
    assert look().hue is Hue.GOOD
    clock.forward(seconds=1)
    assert (look().hue, look().says) == (Hue.BAD, "Mail does not leave")


def test_what_may_go_only_now_is_given_its_time(session, look, clock):
    """After "Try now" nothing has been late, however long the mail had waited before."""
    pause(session, TODAY, Pause.QUOTA, after=3 * HOUR)
    clock.forward(hours=1)
    pace.resume(session, pace.provider(session))
    assert look().says == "Mail is delayed"
    clock.forward(minutes=2, seconds=1)
    assert look().says == "Mail does not leave"


def test_an_old_mail_put_in_again_is_given_its_time(session, look, clock):
    message = outbox.enqueue(session, a_mail())
    attempted(session, Parked("Look."))
    clock.forward(hours=5)
    outbox.retry(session, message.id)
    assert look().says == "Mail is delayed"
    clock.forward(minutes=2, seconds=1)
    assert look().says == "Mail does not leave"


def test_a_long_queue_is_no_trouble_while_the_provider_answers(session, look, clock):
    outbox.enqueue(session, a_mail())
    clock.forward(minutes=9)
    pace.provider(session).answered_at = clock()
    assert look().hue is Hue.GOOD


def test_without_a_provider_mail_goes_to_the_local_mailbox(look):
    now = look(replace(RESEND, resend_api_key=None))
    assert (now.hue, now.says) == (Hue.LOCAL, "Mail goes to the local mailbox")


def test_an_installation_for_others_without_a_provider_says_which_setting_it_wants(look):
    now = look(replace(RESEND, resend_api_key=None, base_url="https://updates.firm.example"))
    assert (now.hue, now.says, now.because) == (Hue.BAD, "Mail waits", "no mail provider is set up yet")
    assert "RESEND_API_KEY" in now.to_do
