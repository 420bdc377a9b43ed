import asyncio
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from caseupdates.delivery import outbox, resend_answers, resend_mailer
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Accepted, Parked, Paused, Refused, TryAgain, Unknown
from caseupdates.delivery.parcels import Limits
from caseupdates.delivery.resend_mailer import ResendMailer
from tests.delivery.post import a_mail, parcel_of
from tests.delivery.provider import HANGS_UP, Answer

pytestmark = pytest.mark.anyio

SENDER = "Firm <updates@example.com>"


@pytest.fixture
def message(session):
    return outbox.enqueue(session, a_mail(), sender=SENDER)


@pytest.fixture
def parcel(message):
    return parcel_of(message)


@pytest.fixture
def four(session):
    """A parcel of four."""
    mails = [a_mail(f"client{n}@example.com") for n in range(4)]
    return parcel_of(*outbox.enqueue_all(session, mails, sender=SENDER))


@pytest.fixture
def provider_says_it_is(monkeypatch):
    """Set the Date that the provider writes on its answers."""

    def say(date):
        monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda *_: date)

    return say


async def answer_to(parcel, url, *, times=1):
    """The answer to the last handing over."""
    async with ResendMailer("re_secret", api_url=url) as mailer:
        return [await mailer.hand_over(parcel) for _ in range(times)][-1]


async def hand_over(parcel, url, *, times=1):
    """What the last handing over brought."""
    return (await answer_to(parcel, url, times=times)).outcomes


def closed_port():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{closed.getsockname()[1]}"


async def test_an_accepted_mail_brings_the_providers_id(provider, parcel):
    provider.answers = [Answer(body={"id": "49a3999c"})]
    assert await hand_over(parcel, provider.url) == Accepted("49a3999c")


async def test_the_provider_gets_key_account_and_the_frozen_payload(provider, message, parcel):
    await hand_over(parcel, provider.url)
    [request] = provider.requests
    assert request.path == "/emails"
    assert request.headers["idempotency-key"] == parcel.key
    assert request.headers["authorization"] == "Bearer re_secret"
    assert request.mail == {
        "from": "Firm <updates@example.com>",
        "to": ["client@example.com"],
        "subject": "Warehouse losses",
        "text": "The van left at 06:12.",
        "html": "<p>The van left at 06:12.</p>",
        "headers": {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        "tags": [{"name": "message", "value": message.key}],
    }


async def test_several_mails_are_one_request_in_the_parcels_order(provider, four):
    provider.answers = [accepting("a", "b", "c", "d")]
    assert await hand_over(four, provider.url) == [Accepted("a"), Accepted("b"), Accepted("c"), Accepted("d")]
    [request] = provider.requests
    assert request.path == "/emails/batch"
    assert request.headers["x-batch-validation"] == "permissive"
    assert request.headers["idempotency-key"] == four.key
    assert request.headers["authorization"] == "Bearer re_secret"
    assert [mail["to"] for mail in request.mail] == [[letter.recipient] for letter in four.letters]
    assert [mail["tags"] for mail in request.mail] == [
        [{"name": "message", "value": letter.key}] for letter in four.letters
    ]


async def test_every_attempt_is_the_same_request(provider, parcel):
    provider.answers = [Answer.error(500, "application_error"), HANGS_UP]
    assert await hand_over(parcel, provider.url, times=3) == Accepted("re_1")
    first, *others = [(request.headers["idempotency-key"], request.mail) for request in provider.requests]
    assert others == [first, first]


async def test_every_attempt_at_several_mails_is_the_same_request(provider, four):
    provider.answers = [Answer.error(500, "application_error"), HANGS_UP, accepting("a", "b", "c", "d")]
    assert len(await hand_over(four, provider.url, times=3)) == 4
    first, *others = [(each.path, each.headers["idempotency-key"], each.mail) for each in provider.requests]
    assert others == [first, first]


async def test_mails_share_a_connection(provider, parcel):
    await hand_over(parcel, provider.url, times=3)
    assert len({request.connection for request in provider.requests}) == 1


async def test_two_accounts_do_not_get_in_each_others_way(provider, parcel):
    async with ResendMailer("re_one", api_url=provider.url) as one, ResendMailer("re_two", api_url=provider.url) as two:
        await asyncio.gather(*(mailer.hand_over(parcel) for mailer in (one, two, one, two)))
    accounts = sorted(request.headers["authorization"] for request in provider.requests)
    assert accounts == ["Bearer re_one"] * 2 + ["Bearer re_two"] * 2


async def test_of_several_mails_exactly_the_wrong_ones_are_refused(provider, four):
    errors = [{"index": 2, "message": "Invalid `to` field."}, {"index": 0, "message": "No\nsubject."}]
    provider.answers = [accepting("a", "b", errors=errors)]
    assert await hand_over(four, provider.url) == [
        Refused("The mail provider refused this mail: No subject."),
        Accepted("a"),
        Refused("The mail provider refused this mail: Invalid `to` field."),
        Accepted("b"),
    ]


@pytest.mark.parametrize("errors", [[], None])
async def test_no_errors_may_be_said_too(provider, four, errors):
    provider.answers = [Answer(body={"data": [{"id": each} for each in "abcd"], "errors": errors})]
    assert await hand_over(four, provider.url) == [Accepted(each) for each in "abcd"]


@pytest.mark.parametrize(
    ("ids", "places"),
    [
        ("", []),
        ("abc", []),  # one is missing
        ("abcde", []),  # one too many
        ("abcd", [1]),  # four accepted, and one refused as well
        ("ab", [1]),
        ("ab", [1, 1]),  # the same one twice
        ("abc", [4]),  # there is no fifth
        ("abc", [-1]),
    ],
)
async def test_an_answer_that_does_not_fit_the_mails_is_not_a_clear_one(provider, four, ids, places):
    provider.answers = [accepting(*ids, errors=[{"index": place, "message": "No."} for place in places])]
    assert await hand_over(four, provider.url) == Unknown(resend_answers.NO_CLEAR_ANSWER)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer.error(422, "validation_error"), Refused),
        (Answer.error(403, "invalid_api_key"), Paused),
        (Answer.error(429, "rate_limit_exceeded"), Paused),
        (Answer.error(404, "not_found"), TryAgain),
        (Answer.error(409, "invalid_idempotent_request"), Parked),
        (Answer.error(500, "internal_server_error"), Unknown),
        (HANGS_UP, Unknown),
    ],
)
async def test_an_error_is_the_same_for_all_mails_of_a_request(provider, four, answer, kind):
    provider.answers = [answer]
    assert isinstance(await hand_over(four, provider.url), kind)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "validation_error"),
        (413, "payload_too_large"),
        (422, "missing_required_field"),
        (451, "security_error"),
    ],
)
async def test_a_mail_that_is_wrong_is_refused_in_the_providers_words(provider, parcel, status, name):
    provider.answers = [Answer.error(status, name, "Invalid `to` field.")]
    outcome = await hand_over(parcel, provider.url)
    assert outcome == Refused("The mail provider refused this mail: Invalid `to` field.")


async def test_the_providers_words_are_one_line_of_bearable_length(provider, parcel):
    provider.answers = [Answer.error(422, "validation_error", "No.\n" * 500)]
    outcome = await hand_over(parcel, provider.url)
    assert "\n" not in outcome.why
    assert len(outcome.why) < 400


@pytest.mark.parametrize("seconds", ["1", "86400"])
async def test_a_busy_provider_says_when_to_come_back(provider, parcel, seconds):
    provider.answers = [Answer.error(429, "rate_limit_exceeded", retry_after=seconds)]
    outcome = await hand_over(parcel, provider.url)
    assert outcome == Paused(resend_answers.BUSY, timedelta(seconds=int(seconds)), Pause.LIMIT)


@pytest.mark.parametrize("word", ["", "soon", "-1", "1.5", "٣", "9" * 10, "9" * 5000])
async def test_a_wait_that_cannot_be_read_is_left_to_us(provider, parcel, word):
    provider.answers = [Answer.error(429, "rate_limit_exceeded", **({"retry_after": word} if word.isascii() else {}))]
    outcome = await hand_over(parcel, provider.url)
    assert outcome == Paused(resend_answers.BUSY, resend_answers.A_MOMENT, Pause.LIMIT)


DAILY = ("daily_quota_exceeded", resend_answers.TODAY)
MONTHLY = ("monthly_quota_exceeded", resend_answers.THIS_MONTH)


@pytest.mark.parametrize(
    ("quota", "now", "left"),
    [
        (DAILY, datetime(2026, 11, 23, 9, 0, tzinfo=UTC), timedelta(hours=15)),
        (DAILY, datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC), timedelta(seconds=1)),
        (DAILY, datetime(2026, 11, 24, tzinfo=UTC), timedelta(days=1)),
        (DAILY, datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), timedelta(seconds=1)),
        (MONTHLY, datetime(2026, 11, 23, 9, 0, tzinfo=UTC), timedelta(days=7, hours=15)),
        (MONTHLY, datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), timedelta(seconds=1)),
        (MONTHLY, datetime(2026, 12, 1, tzinfo=UTC), timedelta(days=31)),
        (MONTHLY, datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), timedelta(seconds=1)),
        (MONTHLY, datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC), timedelta(seconds=1)),
        (MONTHLY, datetime(2028, 2, 28, 23, 59, 59, tzinfo=UTC), timedelta(days=1, seconds=1)),
    ],
)
async def test_a_used_up_quota_ends_with_its_day_or_month(provider, parcel, clock, quota, now, left):
    clock.moment, (name, why) = now, quota
    provider.answers = [Answer.error(429, name)]
    assert await hand_over(parcel, provider.url) == Paused(why, left, Pause.QUOTA)


@pytest.mark.parametrize(
    ("quota", "why"),
    [("daily_quota_exceeded", resend_answers.TODAY), ("monthly_quota_exceeded", resend_answers.THIS_MONTH)],
)
async def test_a_used_up_quota_lasts_as_long_as_the_provider_says(provider, parcel, quota, why):
    provider.answers = [Answer.error(429, quota, retry_after="600")]
    assert await hand_over(parcel, provider.url) == Paused(why, timedelta(minutes=10), Pause.QUOTA)


@pytest.mark.parametrize(
    ("name", "longest"),
    [
        ("rate_limit_exceeded", timedelta(days=1)), ("daily_quota_exceeded", timedelta(days=1)),
        ("monthly_quota_exceeded", timedelta(days=31)),
    ],
)  # fmt: skip
async def test_no_answer_stops_the_queue_for_longer_than_its_limit_can_last(provider, parcel, name, longest):
    provider.answers = [Answer.error(429, name, retry_after="99999999")]
    outcome = await hand_over(parcel, provider.url)
    assert outcome.after == longest


@pytest.mark.parametrize(
    ("status", "name"), [(401, "missing_api_key"), (403, "invalid_api_key"), (403, "validation_error")]
)
async def test_a_wrong_key_or_domain_loses_nothing(provider, parcel, status, name):
    provider.answers = [Answer.error(status, name, "The domain is not verified.")]
    outcome = await hand_over(parcel, provider.url)
    assert outcome == Paused(outcome.why, resend_answers.UNTIL_SOMEBODY_MENDS_IT, Pause.ACCOUNT)
    assert outcome.why.startswith("Waiting for the mail provider: it does not accept this account.")


@pytest.mark.parametrize("answer", [Answer.error(404, "not_found"), Answer(403, "<h1>Blocked</h1>", kind="text/html")])
async def test_somebody_else_answering_loses_nothing(provider, parcel, answer):
    provider.answers = [answer]
    assert isinstance(await hand_over(parcel, provider.url), TryAgain)


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
async def test_without_a_clear_answer_the_mail_may_have_been_taken(provider, parcel, answer):
    provider.answers = [answer]
    assert await hand_over(parcel, provider.url) == Unknown(resend_answers.NO_CLEAR_ANSWER)


async def test_an_overloaded_provider_says_when_to_come_back(provider, parcel):
    provider.answers = [Answer.error(503, "application_error", retry_after="20")]
    assert await hand_over(parcel, provider.url) == Unknown(resend_answers.NO_CLEAR_ANSWER, timedelta(seconds=20))


async def test_a_key_used_for_another_mail_is_for_a_person(provider, parcel):
    provider.answers = [Answer.error(409, "invalid_idempotent_request")]
    assert await hand_over(parcel, provider.url) == Parked(resend_answers.KEY_USED)


async def test_a_provider_that_cannot_be_reached_certainly_has_nothing(parcel):
    assert await hand_over(parcel, closed_port()) == TryAgain(resend_answers.OUT_OF_REACH)


async def test_a_mail_whose_file_cannot_be_read_has_certainly_not_left(provider, parcel, tmp_path):
    def without_its_file(payload):
        return payload + (tmp_path / "gone").read_text()

    async with ResendMailer("re_secret", api_url=provider.url, opened=without_its_file) as mailer:
        assert (await mailer.hand_over(parcel)).outcomes == TryAgain(resend_mailer.NO_FILE)
        assert provider.requests == []
        (tmp_path / "gone").write_text("")
        assert isinstance((await mailer.hand_over(parcel)).outcomes, Accepted)


async def test_waiting_for_the_provider_does_not_block_the_loop(provider, parcel):
    gate = provider.hold()
    handing_over = asyncio.create_task(hand_over(parcel, provider.url))
    await asyncio.to_thread(provider.asked.wait, 5)
    gate.set()
    assert await handing_over == Accepted("re_1")


@pytest.mark.parametrize("seconds", [-90, 0, 90])
@pytest.mark.parametrize(("status", "body"), [(200, {"id": "re_1"}), (429, {"name": "rate_limit_exceeded"})])
async def test_an_answer_tells_the_accounts_limits(provider, parcel, clock, provider_says_it_is, status, body, seconds):
    provider_says_it_is(format_datetime(clock() - timedelta(seconds=seconds), usegmt=True))
    provider.answers = [Answer(status, body, {"RateLimit-Limit": "10", "RateLimit-Remaining": "0"})]
    assert (await answer_to(parcel, provider.url)).limits == Limits(10, 0, timedelta(seconds=seconds))


async def test_an_answer_to_several_mails_tells_the_accounts_limits(provider, four, clock, provider_says_it_is):
    provider_says_it_is(format_datetime(clock(), usegmt=True))
    headers = {"ratelimit-limit": "2", "ratelimit-remaining": "1"}
    provider.answers = [accepting("a", "b", "c", "d", headers=headers)]
    assert (await answer_to(four, provider.url)).limits == Limits(2, 1, timedelta(0))


@pytest.mark.parametrize("nonsense", ["", "many", "-1", "1.5", "2;w=1", "9" * 10, "9" * 5000])
@pytest.mark.parametrize("answer", [Answer(), Answer.error(429, "rate_limit_exceeded")])
async def test_limits_that_cannot_be_read_are_ignored(provider, parcel, provider_says_it_is, answer, nonsense):
    provider_says_it_is(nonsense)
    headers = {"ratelimit-limit": nonsense, "ratelimit-remaining": nonsense}
    provider.answers = [replace(answer, headers=headers)]
    assert (await answer_to(parcel, provider.url)).limits == Limits(None, None, None)


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 32 Nov 2026 09:00:00 GMT",
        "Mon, 23 Nov 2026 25:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Mon, 23 Nov 2026 09:00:00 +999999999999999",
    ],
)
async def test_a_date_that_cannot_be_does_not_hide_that_a_mail_was_accepted(
    provider, parcel, provider_says_it_is, date
):
    provider_says_it_is(date)
    answer = await answer_to(parcel, provider.url)
    assert (answer.outcomes, answer.limits) == (Accepted("re_1"), Limits(None, None, None))


async def test_an_answer_without_limits_tells_none(provider, parcel, clock, provider_says_it_is):
    provider_says_it_is(format_datetime(clock(), usegmt=True))
    assert (await answer_to(parcel, provider.url)).limits == Limits(None, None, timedelta(0))


async def test_where_nobody_answered_nothing_is_known_of_limits(provider, parcel):
    provider.answers = [HANGS_UP]
    assert (await answer_to(parcel, provider.url)).limits is None
    assert (await answer_to(parcel, closed_port())).limits is None


def accepting(*ids, errors=(), headers=None):
    """The answer to a batch."""
    body = {"data": [{"id": each} for each in ids], **({"errors": list(errors)} if errors else {})}
    return Answer(body=body, headers=headers or {})
