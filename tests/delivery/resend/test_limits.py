"""What an answer says of limits: when to come back, and how many requests may be made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from caseupdates.delivery import resend_answers
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Accepted, Paused
from caseupdates.delivery.parcels import Limits
from tests.delivery.provider import HANGS_UP, Answer
from tests.delivery.resend.handing import accepting, answer_to, closed_port, hand_over

pytestmark = pytest.mark.anyio


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
