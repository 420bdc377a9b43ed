"""Workers against the stand-in for Resend: batches, the limit they share, and answers that get lost."""

from datetime import timedelta

import pytest
from sqlmodel import update

from caseupdates import bell, clock
from caseupdates.database import writing
from caseupdates.delivery.models import Message
from caseupdates.delivery.resend_mailer import ResendMailer
from tests.delivery.post import put_in, stored, until, working
from tests.provider.thread import StandIn

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("emptied")]


def references(ids):
    return {stored(each).key for each in ids}


def accepted(ids):
    return all(stored(each).accepted_at for each in ids)


async def test_twenty_recipients_are_one_request():
    with StandIn() as resend:
        async with ResendMailer("re_secret", api_url=resend.url) as mailer, working(mailer):
            ids = put_in(20)
            await until(lambda: accepted(ids))
        assert resend.statistics()["batch_sizes"] == {"20": 1}


async def test_three_workers_share_the_limit_and_none_is_refused():
    with StandIn(limit=10) as resend:
        async with (
            ResendMailer("re_secret", api_url=resend.url) as one,
            ResendMailer("re_secret", api_url=resend.url) as two,
            working(one, two, one),
        ):
            ids = put_in(1_500)
            await until(lambda: accepted([ids[0], ids[-1]]) and len(resend.accepted_references()) == len(ids))
        told = resend.statistics()
        assert (told["requests"], told["refused"], resend.duplicates()) == (15, {}, {})


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "error_after", "html_502", "truncated", "bad_json"])
async def test_an_answer_that_got_lost_sends_nothing_twice_and_loses_nothing(fault):
    with StandIn() as resend:
        resend.fail_next(fault)
        ids = put_in(3)
        async with ResendMailer("re_secret", api_url=resend.url) as mailer, working(mailer):
            await until(lambda: all(stored(each).detail for each in ids))
            hurry()
            await until(lambda: accepted(ids))
        assert set(resend.accepted_references()) == references(ids)
        assert not resend.duplicates()


def hurry():
    with writing() as session:
        session.exec(update(Message).values(due_at=clock.now() + timedelta(milliseconds=1)))
        bell.ring(session, bell.OUTBOX)
