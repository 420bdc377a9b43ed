"""A worker tells whoever asked of what failed, together with the fact, and the log no word of any mail."""

import asyncio
import logging

import pytest

from caseupdates.database import reading
from caseupdates.delivery import claiming, mailbox
from caseupdates.delivery.outcomes import Parked, Refused, TryAgain
from caseupdates.delivery.resend_mailer import ResendMailer
from tests.delivery.post import Collecting, batch_of, hurry, parcel_of, put_in, stored, until, working
from tests.delivery.provider import HANGS_UP, Answer

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("emptied")]


@pytest.mark.parametrize("outcome", [Refused("No such address."), Parked("Look.")])
async def test_whoever_asked_is_told_of_a_mail_that_failed(outcome):
    told, [message_id] = [], put_in()
    async with working(Collecting(outcome), ended=lambda _, message: told.append((message.id, message.detail))):
        await until(lambda: stored(message_id).detail)
    assert told == [(message_id, outcome.why)]


async def test_what_is_told_is_committed_together_with_the_fact():
    [message_id] = put_in()
    async with working(Collecting(Refused("No such address.")), ended=keep):
        await until(lambda: stored(message_id).refused_at)
    with reading() as session:
        assert [mail.recipient for mail in mailbox.mails(session, limit=10)] == ["client0@example.com"]


def keep(session, message):
    mailbox.keep(session, parcel_of(message).letters)


async def test_nobody_is_told_of_mail_that_arrived_or_waits(monkeypatch):
    monkeypatch.setattr(claiming, "LARGEST", 1)
    told, ids = [], put_in(2)
    async with working(Collecting(TryAgain()), ended=lambda *each: told.append(each)):
        await until(lambda: any(stored(each).accepted_at for each in ids) and any(stored(each).detail for each in ids))
    assert told == []


async def test_a_notification_that_fails_does_not_cost_the_fact():
    [message_id] = put_in()
    async with working(Collecting(Refused("No such address.")), ended=lambda *_: 1 / 0):
        await until(lambda: stored(message_id).refused_at)


async def test_neither_addresses_nor_content_nor_keys_reach_the_log(caplog):
    caplog.set_level(logging.DEBUG)
    [message_id] = put_in()
    message = stored(message_id)
    mailer = Collecting(RuntimeError(f"{message.recipient} {message.payload} {message.key}"), Refused("No."))
    async with working(mailer, ended=tells_too_much):
        await until(lambda: stored(message_id).detail)
        await asyncio.to_thread(hurry)
        await until(lambda: stored(message_id).refused_at)
    assert "handing over failed: RuntimeError" in caplog.text
    assert "its end was not told: ValueError" in caplog.text
    for secret in (message.recipient, "06:12", message.key):
        assert secret not in caplog.text


def tells_too_much(_session, message):
    raise ValueError(message.payload)


async def test_through_a_provider_that_stumbles_the_mail_arrives_without_secrets_in_the_log(provider, caplog):
    caplog.set_level(logging.DEBUG)
    provider.answers = [HANGS_UP, Answer.error(429, "rate_limit_exceeded", retry_after="1"), Answer.error(500, "x")]
    [message_id] = put_in()
    async with ResendMailer("re_secret", api_url=provider.url) as mailer, working(mailer):
        for _ in range(3):
            attempts = stored(message_id).attempts
            await until(lambda so_far=attempts: has_failed_again(message_id, so_far))
            await asyncio.to_thread(hurry)
        await until(lambda: stored(message_id).accepted_at)
    assert len({request.headers["idempotency-key"] for request in provider.requests}) == 1
    for secret in ("re_secret", "client0@example.com", "06:12", stored(message_id).key):
        assert secret not in caplog.text


def has_failed_again(message_id, attempts):
    message, batch = stored(message_id), batch_of(message_id)
    return message.attempts > attempts and (batch is None or batch.leased_until is None)
