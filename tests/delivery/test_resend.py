import asyncio
import socket
from datetime import timedelta

import pytest

from caseupdates.delivery import outbox, resend_answers
from caseupdates.delivery.outcomes import Accepted, Parked, Refused, TryAgain, Unknown
from caseupdates.delivery.resend_mailer import ResendMailer
from tests.delivery.post import a_mail
from tests.delivery.provider import HANGS_UP, Answer

pytestmark = pytest.mark.anyio


@pytest.fixture
def message(session):
    return outbox.enqueue(session, a_mail(), sender="Firm <updates@example.com>")


async def hand_over(message, url, *, times=1):
    """What the last handing over brought."""
    async with ResendMailer("re_secret", api_url=url) as mailer:
        return [await mailer.hand_over(message) for _ in range(times)][-1]


async def test_an_accepted_mail_brings_the_providers_id(provider, message):
    provider.answers = [Answer(body={"id": "49a3999c"})]
    assert await hand_over(message, provider.url) == Accepted("49a3999c")


async def test_the_provider_gets_key_account_and_the_frozen_payload(provider, message):
    await hand_over(message, provider.url)
    [request] = provider.requests
    assert request.path == "/emails"
    assert request.headers["idempotency-key"] == message.key
    assert request.headers["authorization"] == "Bearer re_secret"
    assert request.mail == {
        "from": "Firm <updates@example.com>",
        "to": ["client@example.com"],
        "subject": "Warehouse losses",
        "text": "The van left at 06:12.",
        "html": "<p>The van left at 06:12.</p>",
        "headers": {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    }


async def test_every_attempt_is_the_same_request(provider, message):
    provider.answers = [Answer.error(500, "application_error"), HANGS_UP]
    assert await hand_over(message, provider.url, times=3) == Accepted("re_1")
    first, *others = [(request.headers["idempotency-key"], request.mail) for request in provider.requests]
    assert others == [first, first]


async def test_mails_share_a_connection(provider, message):
    await hand_over(message, provider.url, times=3)
    assert len({request.connection for request in provider.requests}) == 1


async def test_two_accounts_do_not_get_in_each_others_way(provider, message):
    async with ResendMailer("re_one", api_url=provider.url) as one, ResendMailer("re_two", api_url=provider.url) as two:
        await asyncio.gather(*(mailer.hand_over(message) for mailer in (one, two, one, two)))
    accounts = sorted(request.headers["authorization"] for request in provider.requests)
    assert accounts == ["Bearer re_one"] * 2 + ["Bearer re_two"] * 2


@pytest.mark.parametrize(
    ("status", "name"), [(400, "validation_error"), (422, "missing_required_field"), (451, "security_error")]
)
async def test_a_mail_that_is_wrong_is_refused_in_the_providers_words(provider, message, status, name):
    provider.answers = [Answer.error(status, name, "Invalid `to` field.")]
    outcome = await hand_over(message, provider.url)
    assert outcome == Refused("The mail provider refused this mail: Invalid `to` field.")


async def test_the_providers_words_are_one_line_of_bearable_length(provider, message):
    provider.answers = [Answer.error(422, "validation_error", "No.\n" * 500)]
    outcome = await hand_over(message, provider.url)
    assert "\n" not in outcome.why
    assert len(outcome.why) < 400


@pytest.mark.parametrize("seconds", ["1", "86400"])
async def test_a_busy_provider_says_when_to_come_back(provider, message, seconds):
    provider.answers = [Answer.error(429, "rate_limit_exceeded", retry_after=seconds)]
    outcome = await hand_over(message, provider.url)
    assert outcome == TryAgain(resend_answers.BUSY, timedelta(seconds=int(seconds)))


@pytest.mark.parametrize("word", ["", "soon", "-1", "1.5", "٣", "9" * 5000])
async def test_a_wait_that_cannot_be_read_is_left_to_us(provider, message, word):
    provider.answers = [Answer.error(429, "rate_limit_exceeded", **({"retry_after": word} if word.isascii() else {}))]
    assert await hand_over(message, provider.url) == TryAgain(resend_answers.BUSY)


@pytest.mark.parametrize("quota", ["daily_quota_exceeded", "monthly_quota_exceeded"])
async def test_a_used_up_quota_is_named(provider, message, quota):
    provider.answers = [Answer.error(429, quota)]
    assert (await hand_over(message, provider.url)).why == resend_answers.QUOTAS[quota]


@pytest.mark.parametrize(
    ("status", "name"), [(401, "missing_api_key"), (403, "invalid_api_key"), (403, "validation_error")]
)
async def test_a_wrong_key_or_domain_loses_nothing(provider, message, status, name):
    provider.answers = [Answer.error(status, name, "The domain is not verified.")]
    outcome = await hand_over(message, provider.url)
    assert isinstance(outcome, TryAgain)
    assert outcome.after == resend_answers.UNTIL_SOMEBODY_MENDS_IT
    assert outcome.why.startswith("Waiting for the mail provider: it does not accept this account.")


@pytest.mark.parametrize("answer", [Answer.error(404, "not_found"), Answer(403, "<h1>Blocked</h1>", kind="text/html")])
async def test_somebody_else_answering_loses_nothing(provider, message, answer):
    provider.answers = [answer]
    assert isinstance(await hand_over(message, provider.url), TryAgain)


@pytest.mark.parametrize(
    "answer",
    [
        Answer.error(500, "application_error"),
        Answer.error(500, "internal_server_error"),
        Answer(502, "<h1>Bad gateway</h1>", kind="text/html"),
        Answer(200, "<h1>Welcome</h1>", kind="text/html"),
        Answer.error(409, "concurrent_idempotent_requests"),
        HANGS_UP,
    ],
)
async def test_without_a_clear_answer_the_mail_may_have_been_taken(provider, message, answer):
    provider.answers = [answer]
    assert await hand_over(message, provider.url) == Unknown(resend_answers.NO_CLEAR_ANSWER)


async def test_an_overloaded_provider_says_when_to_come_back(provider, message):
    provider.answers = [Answer.error(503, "application_error", retry_after="20")]
    assert (await hand_over(message, provider.url)).after == timedelta(seconds=20)


async def test_a_key_used_for_another_mail_is_for_a_person(provider, message):
    provider.answers = [Answer.error(409, "invalid_idempotent_request")]
    assert await hand_over(message, provider.url) == Parked(resend_answers.KEY_USED)


async def test_a_provider_that_cannot_be_reached_certainly_has_nothing(message):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    assert await hand_over(message, url) == TryAgain(resend_answers.OUT_OF_REACH)


async def test_waiting_for_the_provider_does_not_block_the_loop(provider, message):
    gate = provider.hold()
    handing_over = asyncio.create_task(hand_over(message, provider.url))
    await asyncio.to_thread(provider.asked.wait, 5)
    gate.set()
    assert await handing_over == Accepted("re_1")
