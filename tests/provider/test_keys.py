"""An idempotency key stands for one request for a day: it is done once, and answered alike each time."""

import threading
import time as real

import httpx
import pytest

from tests.provider import StandIn
from tests.provider.asking import a_mail, asking, refusal, send, send_all, until
from tests.provider.conftest import Clock


def test_the_same_request_again_gets_the_first_answer_and_sends_nothing(resend: StandIn, http: httpx.Client) -> None:
    first, again = (send_all(http, a_mail("m1"), a_mail("m2"), key="k") for _ in range(2))
    assert first.json() == again.json()
    assert resend.accepted_references() == {"m1": 1, "m2": 1}
    assert resend.statistics()["replays"] == 1


def test_a_key_is_forgotten_after_a_day_and_not_before(resend: StandIn, http: httpx.Client, time: Clock) -> None:
    send(http, key="k")
    time.forward(hours=24, seconds=-1)
    send(http, key="k")
    assert resend.duplicates() == {}
    time.forward(seconds=1)
    send(http, key="k")
    assert resend.duplicates() == {"m1": 2}


def test_another_body_under_a_used_key_is_refused(resend: StandIn, http: httpx.Client) -> None:
    send(http, "m1", key="k")
    assert refusal(send(http, "m2", key="k")) == (409, "invalid_idempotent_request")
    assert refusal(send_all(http, a_mail("m1"), key="k")) == (409, "invalid_idempotent_request")
    assert resend.accepted_references() == {"m1": 1}
    assert resend.statistics()["refused"] == {"invalid_idempotent_request": 2}


@pytest.mark.parametrize("accept_at", ["arrival", "end"])
def test_a_key_in_progress_is_refused_until_its_answer_is_there(accept_at: str) -> None:
    with StandIn(latency=0.3, accept_at=accept_at) as resend:
        with asking(resend.url) as http:
            first = threading.Thread(target=send, args=(http,), kwargs={"key": "k"})
            first.start()
            until(lambda: resend.statistics()["in_progress"])
            assert len(resend.account.mails) == (accept_at == "arrival")
            assert refusal(send(http, key="k")) == (409, "concurrent_idempotent_requests")
            first.join()
            resend.configure(latency=0)
            assert send(http, key="k").status_code == 200
        assert resend.accepted_references() == {"m1": 1}


def test_a_request_is_held_for_the_latency(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(latency=0.1)
    start = real.monotonic()
    send(http)
    assert real.monotonic() - start >= 0.1


def test_a_refused_request_leaves_its_key_free(resend: StandIn, http: httpx.Client) -> None:
    assert send(http, key="k", to="nobody").status_code == 422
    resend.fail_next("rate_limited")
    assert send(http, key="k").status_code == 429
    assert send(http, key="k").status_code == 200


@pytest.mark.parametrize(("length", "status"), [(256, 200), (257, 400)])
def test_a_key_has_at_most_256_characters(http: httpx.Client, length: int, status: int) -> None:
    assert send(http, key="k" * length).status_code == status
