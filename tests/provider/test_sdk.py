"""Resend's own SDK takes the stand-in for Resend."""

from typing import Any

import pytest
import resend as sdk
from resend.exceptions import RateLimitError, ResendError
from resend.http_client_httpx import HTTPXClient

from tests.provider import StandIn
from tests.provider.asking import a_mail

MAIL: Any = a_mail()


@pytest.fixture(autouse=True)
def _pointed_here(resend: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdk, "api_key", "re_1")
    monkeypatch.setattr(sdk, "api_url", resend.url)
    monkeypatch.setattr(
        sdk, "default_async_http_client", HTTPXClient()
    )  # a mailer of the product may have left its own


def test_it_sends_looks_up_and_lists(resend: StandIn) -> None:
    id = sdk.Emails.send(MAIL, {"idempotency_key": "k"})["id"]
    assert sdk.Emails.send(MAIL, {"idempotency_key": "k"})["id"] == id
    assert sdk.Emails.get(id)["last_event"] == "delivered"
    assert {each["name"]: each["status"] for each in sdk.Domains.list()["data"]}["example.com"] == "verified"
    assert resend.accepted_references() == {"m1": 1}


def test_it_reads_the_errors_of_a_permissive_batch() -> None:
    bad: Any = a_mail(to="nobody")
    sent = sdk.Batch.send([MAIL, bad], {"batch_validation": "permissive"})
    assert len(sent["data"]) == 1
    assert [error["index"] for error in sent["errors"]] == [1]


def test_it_raises_its_own_errors(resend: StandIn) -> None:
    resend.configure(limit=0)
    with pytest.raises(RateLimitError) as refused:
        sdk.Emails.send(MAIL)
    assert refused.value.headers["retry-after"] == "1"


@pytest.mark.anyio
async def test_it_does_so_asynchronously_too(resend: StandIn) -> None:
    sent = await sdk.Batch.send_async([MAIL], {"idempotency_key": "k"})
    assert (await sdk.Emails.get_async(sent["data"][0]["id"]))["id"] == sent["data"][0]["id"]
    assert (await sdk.Domains.list_async())["data"]
    resend.fail_next("truncated")
    with pytest.raises(ResendError) as broken:
        await sdk.Emails.send_async(MAIL)
    assert broken.value.error_type == "HttpClientError"
