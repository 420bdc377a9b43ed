"""Mails no event told of: asked about more and more seldom, after all mail has left, within the limit."""

from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates.clock import now
from caseupdates.database import reading, writing
from caseupdates.delivery import asking, hearing, pace
from caseupdates.delivery.checking import RESTRICTED
from caseupdates.delivery.events import Kind
from caseupdates.delivery.fates import Fate, Untold
from caseupdates.delivery.mailbox import LocalMailbox
from caseupdates.delivery.models import Message, Provider, ProviderEvent
from caseupdates.delivery.outcomes import Accepted
from caseupdates.delivery.parcels import Answer
from caseupdates.delivery.recording import record
from caseupdates.delivery.resend_mailer import ResendMailer
from tests.delivery.post import claimed, put_in, stored, until, working
from tests.delivery.reports import report, silent
from tests.provider import StandIn

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("emptied")]
QUARTER = timedelta(minutes=15)


class Oracle:
    """Answers with this, and remembers what it was asked."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    async def fate(self, provider_id):
        self.asked.append(provider_id)
        return self.answer


def accepted(count=1):
    """So many mails, accepted now."""
    ids = put_in(count)
    with writing() as session:
        parcel = claimed(session)
        record(session, parcel, Answer([Accepted(f"re_{each}") for each in ids]))
    return ids


async def turns(oracle, told=silent):
    """Ask until nothing is due; the sleep after that."""
    while not (sleep := await asking.turn(oracle, told)):
        pass
    return sleep


async def test_nobody_is_asked_within_a_quarter_of_an_hour(clock):
    [mail] = accepted()
    oracle = Oracle(Fate(Kind.DELIVERED, None))
    clock.forward(minutes=14, seconds=59)
    assert await turns(oracle) == timedelta(seconds=1)
    assert oracle.asked == []
    clock.forward(seconds=1)
    await turns(oracle)
    assert oracle.asked == [f"re_{mail}"]
    assert stored(mail).delivered_at == clock()


async def test_a_mail_that_is_still_under_way_is_asked_about_more_and_more_seldom_and_then_no_more(clock):
    [mail] = accepted()
    began, oracle, ages = clock(), Oracle(Fate(Kind.SENT, None)), []
    while (ask_at := stored(mail).ask_at) and len(ages) < 20:
        clock.moment = max(ask_at, clock())
        before = len(oracle.asked)
        await turns(oracle)
        ages += [clock() - began] * (len(oracle.asked) - before)
    day, hour = timedelta(days=1), timedelta(hours=1)
    assert ages == [QUARTER, hour, 6 * hour, day, 2 * day, 3 * day]
    assert stored(mail).delivered_at is None


async def test_after_a_downtime_each_mail_is_asked_about_once(clock):
    mails = accepted(3)
    clock.forward(days=10)
    oracle = Oracle(Fate(None, None))
    for _ in range(5):
        await turns(oracle)
        clock.forward(minutes=1)
    assert sorted(oracle.asked) == sorted(f"re_{each}" for each in mails)


async def test_an_event_that_told_the_end_saves_the_question(clock):
    [mail] = accepted()
    with writing() as session:
        hearing.hear(session, report(stored(mail)), told=silent)
    clock.forward(days=1)
    assert await turns(oracle := Oracle(Fate(Kind.BOUNCED, None))) == asking.LONGEST_SLEEP
    assert oracle.asked == []


async def test_the_event_itself_may_come_later_and_only_makes_the_moment_earlier(clock):
    [mail] = accepted()
    happened = clock() + timedelta(seconds=4)
    clock.forward(hours=1)
    await turns(Oracle(Fate(Kind.BOUNCED, None)))
    told = []
    with writing() as session:
        late = report(stored(mail), "bounced", at=happened, bounce={"type": "Permanent", "message": "No such user."})
        hearing.hear(session, late, told=lambda *each: told.append(each))
    after = stored(mail)
    assert (after.bounced_at, after.detail, told) == (happened, "No such user.", [])


async def test_who_is_to_be_told_of_trouble_is_told_when_it_was_found_by_asking(clock):
    [mail] = accepted()
    clock.forward(hours=1)
    told = []
    await turns(Oracle(Fate(Kind.FAILED, None)), told=lambda _, message: told.append(message.id))
    assert told == [mail]


async def test_mail_goes_first(clock):
    accepted()
    clock.forward(hours=1)
    waiting = put_in()
    oracle = Oracle(Fate(Kind.DELIVERED, None))
    assert await turns(oracle) == asking.A_MOMENT
    with writing() as session:
        record(session, claimed(session), Answer([Accepted("re_2") for _ in waiting]))
    clock.forward(seconds=1)
    await turns(oracle)
    assert len(oracle.asked) == 1


async def test_questions_share_the_limit_with_mail(clock):
    accepted(3)
    clock.forward(hours=1)
    oracle = Oracle(Fate(Kind.DELIVERED, None))
    assert await turns(oracle) == timedelta(milliseconds=101.5)
    assert len(oracle.asked) == 1


async def test_nobody_asks_while_the_account_is_paused(clock):
    accepted()
    clock.forward(hours=1)
    with writing() as session:
        pace.provider(session).paused_until = clock() + timedelta(seconds=30)
    oracle = Oracle(Fate(Kind.DELIVERED, None))
    assert await turns(oracle) == timedelta(seconds=30)
    assert oracle.asked == []


async def test_a_key_that_may_only_send_is_left_alone_for_a_day_and_operators_can_see_it(clock):
    accepted(2)
    clock.forward(hours=1)
    oracle = Oracle(Untold.NOT_ALLOWED)
    for _ in range(23):
        await turns(oracle)
        clock.forward(hours=1)
    assert len(oracle.asked) == 1
    with reading() as session:
        assert session.get_one(Provider, 1).domain_status == RESTRICTED
    clock.forward(hours=1)
    await turns(oracle)
    assert len(oracle.asked) == 2


async def test_a_mail_the_provider_does_not_know_is_asked_about_once(clock):
    [mail] = accepted()
    clock.forward(hours=1)
    await turns(Oracle(Untold.NO_SUCH_MAIL))
    assert stored(mail).ask_at is None


async def test_a_provider_that_cannot_answer_is_asked_again_at_the_next_age(clock):
    [mail] = accepted()
    clock.forward(minutes=15)
    assert await turns(Oracle(Untold.NOT_NOW)) == asking.LONGEST_SLEEP
    assert stored(mail).ask_at == clock() + timedelta(minutes=45)


async def test_nobody_is_asked_about_what_lies_in_the_local_mailbox():
    [mail] = put_in()
    async with working(LocalMailbox()):
        await until(lambda: stored(mail).accepted_at)
    assert stored(mail).ask_at is None


@pytest.mark.parametrize(
    ("script", "fact"),
    [
        (["sent", "delivered"], "delivered_at"),
        (["sent", "delivered", "opened"], "delivered_at"),
        (["sent", "delivery_delayed"], "delayed_at"),
        (["sent", "bounced"], "bounced_at"),
        (["delivered", "complained"], "complained_at"),
        (["failed"], "failed_at"),
        (["suppressed"], "suppressed_at"),
    ],
)
async def test_the_stand_in_is_asked_over_http(script, fact):
    with StandIn() as resend:
        resend.script("client0@example.com", *script)
        async with ResendMailer("re_all", api_url=resend.url) as mailer:
            [mail] = put_in()
            async with working(mailer):
                await until(lambda: stored(mail).accepted_at)
            overdue(mail)
            await turns(mailer)
        assert getattr(stored(mail), fact)
    with reading() as session:
        assert [each.message_id for each in session.exec(select(ProviderEvent))] == [mail]


@pytest.mark.parametrize(("key", "answer"), [("re_sends", Untold.NOT_ALLOWED), ("re_off", Untold.NOT_NOW)])
async def test_what_the_stand_in_refuses_is_understood(key, answer):
    keys = {"re_all": "full_access", "re_sends": "sending_access", "re_off": "suspended"}
    with StandIn(keys=keys) as resend:
        async with ResendMailer(key, api_url=resend.url) as mailer:
            assert await mailer.fate("56761188-7520-42d8-8898-ff6fc54ce618") is answer


@pytest.mark.parametrize("id", ["56761188-7520-42d8-8898-ff6fc54ce618", "local-1", "../domains", "a b\r\n"])
async def test_an_id_the_provider_does_not_know_leads_nowhere_else(id):
    with StandIn() as resend:
        async with ResendMailer("re_all", api_url=resend.url) as mailer:
            assert await mailer.fate(id) is Untold.NO_SUCH_MAIL


async def test_a_provider_out_of_reach_says_nothing():
    async with ResendMailer("re_all", api_url="http://127.0.0.1:9") as mailer:
        assert await mailer.fate("re_1") is Untold.NOT_NOW


def overdue(message_id):
    with writing() as session:
        message = session.get_one(Message, message_id)
        message.accepted_at, message.ask_at = now() - timedelta(minutes=20), now() - timedelta(minutes=5)
        account = pace.provider(session)
        account.next_at = None
        session.add_all([message, account])
