"""The account is asked for what it knows of us, against the stand-in for Resend."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from caseupdates import clock as clocks
from caseupdates.database import reading, writing
from caseupdates.delivery import checking, pace, turns
from caseupdates.delivery.checking import KEY_REFUSED, NOT_FOUND, RESTRICTED, NoAnswer, NoKey, check, try_now
from caseupdates.delivery.models import Pause, Provider
from caseupdates.history.listing import Wanted, of_firm
from caseupdates.refusals import NotPermitted
from caseupdates.settings import settings
from tests.provider.thread import StandIn

pytestmark = pytest.mark.usefixtures("emptied")
KEYS = {"re_all": "full_access", "re_send": "sending_access", "re_old": "suspended"}
BAD_ANSWERS = ["drop_before", "error_before", "html_502", "html_200", "truncated", "bad_json"]


def asking(resend, key="re_all", domain="example.com"):
    return replace(settings(), resend_api_key=key, resend_api_url=resend.url, mail_from=f"Firm <updates@{domain}>")


def kept():
    with reading() as session:
        return session.get_one(Provider, 1)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("key", "domain", "status"),
    [
        ("re_all", "example.com", "verified"),
        ("re_all", "new.example", "pending"),
        ("re_all", "nobodys.example", NOT_FOUND),
        ("re_send", "example.com", RESTRICTED),
        ("re_wrong", "example.com", KEY_REFUSED),
        ("re_old", "example.com", KEY_REFUSED),
    ],
)
async def test_what_the_provider_says_is_kept(key, domain, status):
    with StandIn(keys=KEYS, domains={"example.com": "verified", "new.example": "pending"}) as resend:
        assert await check(asking(resend, key, domain)) == status
    now = kept()
    assert (now.domain_status, now.domain_checked_at) == (status, now.answered_at)
    assert clocks.now() - now.answered_at < timedelta(minutes=1)


@pytest.mark.anyio
async def test_a_check_compares_the_clocks(monkeypatch):
    monkeypatch.setattr(clocks, "source", lambda: datetime.now(UTC) + timedelta(minutes=2))
    with StandIn() as resend:
        await check(asking(resend))
    assert 115 < kept().clock_off < 125


@pytest.mark.anyio
@pytest.mark.parametrize("fault", BAD_ANSWERS)
async def test_an_answer_that_is_none_changes_nothing_and_says_so(fault):
    with StandIn() as resend:
        resend.fail_next(fault, method="GET")
        with pytest.raises(NoAnswer, match="did not answer"):
            await check(asking(resend))
    assert kept().domain_status == ""


@pytest.mark.anyio
async def test_a_provider_out_of_reach_is_told():
    nobody = replace(settings(), resend_api_key="re_all", resend_api_url="http://127.0.0.1:9")
    with pytest.raises(NoAnswer):
        await check(nobody)


@pytest.mark.anyio
async def test_nobody_waits_longer_than_is_bearable(monkeypatch):
    monkeypatch.setattr(checking, "LONGEST", 0.3)
    with StandIn() as resend:
        resend.fail_next("stall_before", method="GET")
        with pytest.raises(NoAnswer):
            await check(asking(resend))


@pytest.mark.anyio
async def test_without_a_key_nobody_is_asked():
    with pytest.raises(NoKey, match="RESEND_API_KEY"):
        await check(replace(settings(), resend_api_key=None))


@pytest.mark.anyio
async def test_a_check_takes_its_turn_in_the_pace():
    with writing() as session:
        pace.provider(session).next_at = clocks.now() + timedelta(seconds=0.4)
    began = clocks.now()
    with StandIn() as resend:
        await check(asking(resend))
    assert clocks.now() - began >= timedelta(seconds=0.4)
    assert kept().next_at > began + timedelta(seconds=0.4)


@pytest.mark.anyio
async def test_a_queue_that_waits_for_a_person_can_be_asked_about():
    with writing() as session:
        account = pace.provider(session)
        account.pause, account.paused_until = Pause.ACCOUNT, clocks.now() + timedelta(minutes=15)
    with StandIn() as resend:
        assert await check(asking(resend)) == "verified"
    assert kept().pause is Pause.ACCOUNT  # a mail that is accepted ends it, or a person


@pytest.mark.anyio
@pytest.mark.parametrize("pause", [timedelta(seconds=30), timedelta(hours=9)])
async def test_a_check_while_the_queue_waits_holds_up_no_mail_afterwards(pause):
    with writing() as session:
        account = pace.provider(session)
        account.pause, account.paused_until = Pause.ACCOUNT, clocks.now() + pause
    with StandIn() as resend:
        await check(asking(resend))
    assert kept().next_at <= clocks.now() + timedelta(seconds=1)


def paused(session, clock):
    account = pace.provider(session)
    account.pause, account.paused_until, account.paused_why = Pause.QUOTA, clock() + timedelta(hours=9), "Used up."
    return account


def test_an_administrator_ends_a_pause_and_history_keeps_it(session, firm, clock):
    account = paused(session, clock)
    try_now(session, by=firm.administrator)
    assert (account.pause, turns.opens_at(account)) == (None, None)
    assert "mail queue tried again" in [event.what for event in firm_history(session, firm)]


def test_trying_again_what_is_not_paused_is_nothing_to_write_down(session, firm):
    before = len(firm_history(session, firm))
    try_now(session, by=firm.administrator)
    assert len(firm_history(session, firm)) == before


def test_nobody_else_ends_a_pause(session, firm, clock):
    account = paused(session, clock)
    for person in (firm.manager, firm.investigator, firm.client):
        with pytest.raises(NotPermitted):
            try_now(session, by=person)
    assert account.pause is Pause.QUOTA


def firm_history(session, firm):
    return [line.event for line in of_firm(session, Wanted(), by=firm.administrator)]
