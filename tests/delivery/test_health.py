"""Findings about the account at the provider."""

from dataclasses import replace
from datetime import timedelta

import pytest

from caseupdates.delivery import outbox
from caseupdates.delivery.checking import KEY_REFUSED, NOT_FOUND, RESTRICTED, domain_of
from caseupdates.delivery.health import Status, findings
from caseupdates.delivery.models import Pause
from caseupdates.settings import settings
from tests.delivery.post import a_mail

RESEND = replace(
    settings(), resend_api_key="re_secret", mail_from="Firm <updates@Firm.example>", resend_webhook_secret="whsec_x"
)
KEY, DOMAIN, REPORTS, CLOCK = "API key", "Sender's domain", "Delivery reports", "Clock"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def find(session, account):
    """What is found about one thing."""

    def found(about, here=RESEND):
        return next((each for each in findings(session, account, here) if each.about == about), None)

    return found


def refuse(account, clock, why):
    account.pause, account.paused_why, account.paused_since = Pause.ACCOUNT, why, clock()


def accept(session, account, at, provider_id="re_1"):
    message = outbox.enqueue(session, a_mail())
    message.accepted_at, message.due_at, message.provider_id = at, None, provider_id
    session.flush()


def test_where_there_is_no_provider_there_is_nothing_to_find(session, account):
    assert findings(session, account, replace(RESEND, resend_api_key=None)) == []


def test_a_new_account_is_not_known_yet_and_says_how_to_know(find):
    assert [find(about).status for about in (KEY, DOMAIN, REPORTS, CLOCK)] == [Status.UNKNOWN] * 4
    assert all("Check now" in find(about).to_do for about in (KEY, DOMAIN, CLOCK))


def test_a_key_that_mail_was_taken_with_is_in_order(account, find, clock):
    account.accepted_at = clock()
    assert (find(KEY).status, find(KEY).at) == (Status.OK, clock())


def test_a_refused_key_is_wrong_and_the_domain_is_not_blamed(account, find, clock):
    refuse(account, clock, "The API key is invalid.")
    assert find(KEY).status is Status.BAD
    assert "RESEND_API_KEY" in find(KEY).to_do
    assert find(DOMAIN).status is Status.UNKNOWN


def test_a_key_refused_by_a_check_is_wrong_until_mail_is_taken(account, find, clock):
    account.accepted_at = clock() - HOUR
    account.domain_status, account.domain_checked_at = KEY_REFUSED, clock()
    assert find(KEY).status is Status.BAD
    account.accepted_at = clock() + MINUTE
    assert find(KEY).status is Status.OK


def test_an_unverified_domain_is_wrong_and_the_key_is_not_blamed(account, find, clock):
    account.domain_status, account.domain_checked_at = "verified", clock()
    refuse(account, clock, "The firm.example domain is not verified.")
    assert find(DOMAIN).status is Status.BAD
    assert find(KEY).status is Status.OK


def test_a_suspended_account_shows_at_its_key(account, find, clock):
    refuse(account, clock, "The API key is suspended.")
    assert (find(KEY).status, find(KEY).says) == (Status.BAD, "Set, but the account is suspended.")


@pytest.mark.parametrize(
    ("domain_status", "status", "says"),
    [
        ("verified", Status.OK, "firm.example is verified."),
        ("pending", Status.WARN, "“pending”"),
        ("temporary_failure", Status.WARN, "“temporary failure”"),
        ("failed", Status.BAD, "“failed”"),
        (NOT_FOUND, Status.BAD, "not among the account's domains"),
        (RESTRICTED, Status.UNKNOWN, "may only send"),
    ],
)
def test_a_checked_domain_is_told_in_words(account, find, clock, domain_status, status, says):
    account.domain_status, account.domain_checked_at = domain_status, clock()
    assert find(DOMAIN).status is status
    assert says in find(DOMAIN).says


def test_a_key_that_may_only_send_shows_the_domain_by_the_mail_it_takes(account, find, clock):
    account.domain_status, account.domain_checked_at, account.accepted_at = RESTRICTED, clock(), clock()
    assert find(DOMAIN).status is Status.OK


def test_the_domain_is_that_of_the_address_itself():
    assert domain_of('"A @ B" <updates@Firm.Example>') == "firm.example"
    assert domain_of("updates@firm.example") == "firm.example"


def test_reports_that_nobody_set_up_are_told_with_where_to(find):
    found = find(REPORTS, replace(RESEND, resend_webhook_secret=None))
    assert found.status is Status.WARN
    assert settings().url("/webhooks/resend") in found.to_do


def test_reports_that_come_are_in_order(account, find, clock):
    account.event_at = clock()
    assert (find(REPORTS).status, find(REPORTS).at) == (Status.OK, clock())


@pytest.mark.parametrize(("minutes", "status"), [(59, Status.UNKNOWN), (60, Status.WARN)])
def test_no_report_within_an_hour_of_an_accepted_mail_is_noticed(session, account, find, clock, minutes, status):
    accept(session, account, clock())
    clock.forward(minutes=minutes)
    assert find(REPORTS).status is status


def test_reports_that_ended_are_noticed(session, account, find, clock):
    account.event_at = clock()
    clock.forward(minutes=5)
    accept(session, account, clock())
    clock.forward(minutes=59)
    assert find(REPORTS).status is Status.OK
    clock.forward(minutes=1)
    assert find(REPORTS).status is Status.WARN


def test_mail_of_the_local_mailbox_is_reported_by_nobody(session, account, find, clock):
    accept(session, account, clock(), provider_id="local-7")
    clock.forward(days=1)
    assert find(REPORTS).status is Status.UNKNOWN


def test_a_refused_report_is_told_until_a_good_one_comes(account, find, clock):
    account.event_refused_at, account.event_refused_why = clock(), "it was not signed with our secret."
    assert find("Refused report").status is Status.WARN
    assert "not signed with our secret" in find("Refused report").says
    account.event_at = clock() + MINUTE
    assert find("Refused report") is None


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(0, Status.OK), (30, Status.OK), (-31, Status.WARN), (300, Status.WARN), (301, Status.BAD), (-9_000, Status.BAD)],
)
def test_a_clock_may_be_off_by_seconds_and_not_by_minutes(account, find, seconds, status):
    account.clock_off = float(seconds)
    assert find(CLOCK).status is status


def test_a_clock_says_which_way_it_is_off(account, find):
    account.clock_off = 45.0
    assert "45 seconds ahead of the provider's" in find(CLOCK).says
    account.clock_off = -600.0
    assert "10 minutes behind the provider's" in find(CLOCK).says
