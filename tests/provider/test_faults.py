"""What goes wrong on demand, and what of it was accepted all the same."""

import threading

import httpx
import pytest

from tests.provider import StandIn
from tests.provider.asking import asking, refusal, send, until
from tests.provider.faults import AFTER, BEFORE, FAULTS

GONE = ["drop_before", "drop_after", "truncated"]


@pytest.mark.parametrize("fault", GONE)
def test_the_connection_breaks(resend: StandIn, http: httpx.Client, fault: str) -> None:
    resend.fail_next(fault)
    with pytest.raises(httpx.TransportError):
        send(http, key="k")
    assert len(resend.account.mails) == (fault != "drop_before")
    assert send(http, key="k").status_code == 200
    assert resend.accepted_references() == {"m1": 1}
    assert resend.statistics()["faults"] == {fault: 1}


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        ("error_before", 500, "application/json"),
        ("error_after", 500, "application/json"),
        ("html_502", 502, "text/html"),
        ("html_200", 200, "text/html"),
        ("bad_json", 200, "application/json"),
        ("rate_limited", 429, "application/json"),
    ],
)
def test_the_answer_is_another(resend: StandIn, http: httpx.Client, fault: str, status: int, kind: str) -> None:
    resend.fail_next(fault)
    answer = send(http, key="k")
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)
    assert len(resend.account.mails) == (fault in AFTER)
    if fault.startswith(("html", "bad")):
        with pytest.raises(ValueError, match=r"Expecting|delimiter"):
            answer.json()
    else:
        assert refusal(answer)


@pytest.mark.parametrize("fault", sorted(AFTER - {"stall_after"}))
def test_a_retry_of_what_was_accepted_gets_the_first_answer(resend: StandIn, http: httpx.Client, fault: str) -> None:
    resend.configure(slow=0.05)
    resend.fail_next(fault)
    try:
        send(http, key="k")
    except httpx.TransportError:
        assert fault in GONE
    [mail] = resend.account.mails
    assert send(http, key="k").json() == {"id": mail.id}
    assert resend.duplicates() == {}


@pytest.mark.parametrize("fault", ["stall_before", "stall_after"])
def test_a_stalled_request_gets_no_answer_until_it_is_released(resend: StandIn, http: httpx.Client, fault: str) -> None:
    resend.fail_next(fault)
    with pytest.raises(httpx.ReadTimeout):
        _send_with_little_patience(http)
    assert len(resend.account.mails) == (fault == "stall_after")
    resend.fail_next(fault)
    broken = threading.Event()
    waiting = threading.Thread(target=_set_when_it_breaks, args=(http, broken))
    waiting.start()
    until(lambda: resend.statistics()["faults"] == {fault: 2})
    assert not broken.wait(0.05)
    resend.release()
    assert broken.wait(5)
    waiting.join()


def test_a_stall_ends_by_itself(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(stall=0.05)
    resend.fail_next("stall_after")
    with pytest.raises(httpx.RemoteProtocolError):
        send(http)


def test_faults_befall_the_next_requests_in_their_order(resend: StandIn, http: httpx.Client) -> None:
    resend.fail_next("html_502", "error_before", times=2)
    assert [send(http).status_code for _ in range(5)] == [502, 500, 502, 500, 200]


def test_a_fault_may_befall_a_question(resend: StandIn, http: httpx.Client) -> None:
    resend.fail_next("html_502", method="GET")
    assert send(http).status_code == 200
    assert http.get("/domains").status_code == 502


def test_a_share_of_requests_fails_the_same_way_each_time(resend: StandIn, http: httpx.Client) -> None:
    def statuses(seed: int) -> list[int]:
        resend.fail_share(0.2, ["error_before", "html_502"], seed=seed)
        return [send(http).status_code for _ in range(100)]

    first = statuses(7)
    assert set(first) == {200, 500, 502}
    assert 10 <= sum(status != 200 for status in first) <= 30
    assert statuses(7) == first
    assert statuses(8) != first
    resend.fail_share(0)
    assert send(http).status_code == 200


def test_an_unknown_fault_is_an_error(resend: StandIn) -> None:
    with pytest.raises(ValueError, match="explode"):
        resend.fail_next("explode")
    assert not BEFORE & AFTER
    assert BEFORE | AFTER == FAULTS


def _send_with_little_patience(http: httpx.Client) -> None:
    with asking(str(http.base_url), patience=0.1) as impatient:
        send(impatient)


def _set_when_it_breaks(http: httpx.Client, broken: threading.Event) -> None:
    try:
        send(http)
    except httpx.TransportError:
        broken.set()
