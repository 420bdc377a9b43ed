"""So many requests in any second, so many mails a day and a month."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.provider import NO_LIMIT, StandIn
from tests.provider.answers import Refused
from tests.provider.asking import a_mail, refusal, send, send_all
from tests.provider.conftest import Clock
from tests.provider.limiter import Limiter


def test_the_request_above_the_limit_is_refused_until_a_second_passed(
    resend: StandIn, http: httpx.Client, time: Clock
) -> None:
    resend.configure(limit=10)
    remaining = [send(http).headers["ratelimit-remaining"] for _ in range(10)]
    assert remaining == [str(n) for n in range(9, -1, -1)]
    time.forward(seconds=0.99)
    refused = send(http)
    assert refusal(refused) == (429, "rate_limit_exceeded")
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["ratelimit-limit"] == "10"
    assert refused.headers["ratelimit-reset"] == "1"
    time.forward(seconds=0.01)
    assert send(http).status_code == 200
    assert resend.statistics()["refused"] == {"rate_limit_exceeded": 1}
    assert resend.statistics()["busiest_second"] == 11


def test_all_keys_and_all_paths_share_the_limit(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(limit=2)
    send(http)
    http.get("/domains", headers={"authorization": "Bearer re_2"})
    assert refusal(send_all(http, a_mail())) == (429, "rate_limit_exceeded")


def test_somebody_else_in_the_team_may_use_a_part_of_it(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(limit=10, others=8)
    first = send(http)
    assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("10", "1")
    assert [send(http).status_code for _ in range(2)] == [200, 429]


def test_the_limit_can_be_off(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(limit=NO_LIMIT)
    assert {send(http).status_code for _ in range(50)} == {200}


@given(limit=st.integers(1, 5), gaps=st.lists(st.floats(0, 0.6), max_size=60))
def test_no_second_whatever_holds_more_than_the_limit(limit: int, gaps: list[float]) -> None:
    limiter, now, let_in = Limiter(), 0.0, []
    for gap in gaps:
        now += gap
        try:
            limiter.let_in(now, limit)
            let_in.append(now)
        except Refused:
            assert sum(now - 1 < each for each in let_in) == limit
    assert all(sum(start <= each < start + 1 for each in let_in) <= limit for start in let_in)


def test_quotas_count_recipients_and_say_what_is_used(resend: StandIn, http: httpx.Client) -> None:
    assert "x-resend-daily-quota" not in send(http).headers
    resend.configure(daily_quota=100)
    answer = send(http, to=["a@example.com", "b@example.com"], cc="c@example.com")
    assert (answer.headers["x-resend-daily-quota"], answer.headers["x-resend-monthly-quota"]) == ("4", "4")


@pytest.mark.parametrize("period", ["daily", "monthly"])
def test_what_the_quota_does_not_hold_is_refused_until_it_is_reset(
    resend: StandIn, http: httpx.Client, period: str
) -> None:
    resend.configure(**{f"{period}_quota": 3})
    send_all(http, a_mail("m1"), a_mail("m2"))
    assert refusal(send_all(http, a_mail("m3"), a_mail("m4"))) == (429, f"{period}_quota_exceeded")
    resend.reset_quotas()
    assert send_all(http, a_mail("m3"), a_mail("m4")).status_code == 200


def test_day_and_month_end_at_midnight_in_utc(resend: StandIn, http: httpx.Client, time: Clock) -> None:
    resend.configure(daily_quota=1, monthly_quota=1)
    send(http)
    time.forward(seconds=3599)
    assert refusal(send(http)) == (429, "monthly_quota_exceeded")
    time.forward(seconds=1)
    assert send(http).status_code == 200
