"""In a process of its own the stand-in is steered as in a thread."""

from collections.abc import Iterator

import httpx
import pytest

from tests.provider import Process
from tests.provider.asking import a_mail, asking, refusal, send, send_all


@pytest.fixture(scope="module")
def process() -> Iterator[Process]:
    with Process(limit=1000) as running:
        yield running


@pytest.fixture
def http(process: Process) -> Iterator[httpx.Client]:
    process.reset()
    with asking(process.url) as client:
        yield client


def test_it_counts_what_it_accepted(process: Process, http: httpx.Client) -> None:
    send_all(http, a_mail("m1"), a_mail("m2"))
    send(http, "m2", to="other@example.com")
    assert process.accepted() == {
        ("m1", "client@example.com"): 1,
        ("m2", "client@example.com"): 1,
        ("m2", "other@example.com"): 1,
    }
    assert process.duplicates() == {"m2": 2}
    assert process.statistics()["mails"] == 3


def test_it_is_told_what_goes_wrong_and_what_changes(process: Process, http: httpx.Client) -> None:
    process.fail_next("html_502")
    assert send(http).status_code == 502
    process.fail_share(1, ["error_after"])
    assert send(http, key="k").status_code == 500
    process.fail_share(0)
    send(http, key="k")
    assert process.accepted_references() == {"m1": 1}
    process.configure(clock_ahead=25 * 3600)
    send(http, key="k")
    assert process.duplicates() == {"m1": 2}
    process.configure(monthly_quota=0, clock_ahead=0)
    assert refusal(send(http)) == (429, "monthly_quota_exceeded")
    process.configure(monthly_quota=None)
    process.reset_quotas()
    process.script("client@example.com", "bounced")
    process.release()


def test_what_it_does_not_know_is_an_error(process: Process) -> None:
    with pytest.raises(ValueError, match="No such setting: speed"):
        process.configure(speed=7)
    with pytest.raises(ValueError, match="No such fault: explode"):
        process.fail_next("explode")


def test_it_ends_with_who_started_it() -> None:
    with Process() as process:
        url = process.url
        assert httpx.get(f"{url}/domains").status_code == 401
    assert process._process.returncode == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/domains")
