"""Webhooks are signed, follow each address's script, are tried again, and come in disorder when told to."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import resend as sdk

from tests.provider import Account, StandIn, an_event, signed
from tests.provider.asking import a_mail, send, send_all, until
from tests.provider.conftest import Clock
from tests.provider.endpoint import Endpoint

SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHM="


@pytest.fixture
def endpoint(resend: StandIn) -> Iterator[Endpoint]:
    made = Endpoint()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    resend.configure(webhook_url=made.url, webhook_secret=SECRET)
    yield made
    resend.configure(events_held=True)
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_a_mail_is_reported_sent_and_delivered(resend: StandIn, http: httpx.Client, endpoint: Endpoint) -> None:
    id = send(http, "m7").json()["id"]
    until(lambda: len(endpoint.came) == 2)
    assert endpoint.types == ["sent", "delivered"]
    data = endpoint.events[1]["data"]
    assert (data["email_id"], data["to"], data["subject"]) == (id, ["client@example.com"], "Warehouse losses")
    assert data["from"] == "Firm <updates@example.com>"
    assert data["tags"] == {"message": "m7"}
    until(lambda: resend.statistics()["webhooks"] == {"waiting": 0, "attempts": 2, "delivered": 2})


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("delivered", ["sent", "delivered"]),
        ("bounced+case7", ["sent", "bounced"]),
        ("complained", ["sent", "delivered", "complained"]),
        ("suppressed", ["suppressed"]),
    ],
)
def test_the_addresses_for_testing_do_what_they_say(
    http: httpx.Client, endpoint: Endpoint, name: str, types: list[str]
) -> None:
    send(http, to=f"{name}@resend.dev")
    until(lambda: len(endpoint.came) == len(types))
    assert endpoint.types == types
    last = endpoint.events[-1]["data"]
    if types[-1] == "bounced":
        assert last["bounce"].keys() == {"message", "type", "subType"}
        assert last["bounce"]["type"] == "Permanent"
    if types[-1] == "suppressed":
        assert last["suppressed"].keys() == {"message", "type"}


def test_any_address_can_be_given_a_script(resend: StandIn, http: httpx.Client, endpoint: Endpoint) -> None:
    full = {"message": "The mailbox is full.", "type": "Transient", "subType": "MailboxFull"}
    resend.script("client@example.com", "sent", "delivery_delayed", {"type": "bounced", "bounce": full}, "failed")
    id = send(http).json()["id"]
    until(lambda: len(endpoint.came) == 4)
    assert endpoint.types == ["sent", "delivery_delayed", "bounced", "failed"]
    assert endpoint.events[2]["data"]["bounce"] == full
    assert endpoint.events[3]["data"]["failed"]["reason"]
    assert http.get(f"/emails/{id}").json()["last_event"] == "failed"


def test_an_event_refused_is_tried_again_under_the_same_id(
    resend: StandIn, http: httpx.Client, endpoint: Endpoint, time: Clock
) -> None:
    resend.script("client@example.com", "delivered")
    endpoint.statuses = [500, 302]
    send(http)
    for tries, wait in enumerate((5, 5 * 60), start=1):
        _until_tried(resend, tries)
        time.forward(seconds=wait)
    until(lambda: resend.statistics()["webhooks"].get("delivered") == 1)
    heads = [headers for headers, _ in endpoint.came]
    assert len({each["svix-id"] for each in heads}) == 1
    assert len({each["svix-signature"] for each in heads}) == 3


def test_attempts_follow_the_documented_schedule(time: Clock) -> None:
    account = Account(clock=time, webhook_url="http://127.0.0.1:1/")
    body = json.dumps(a_mail(to="suppressed@resend.dev")).encode()
    account.finish(account.begin("/emails", {"authorization": "Bearer re_1"}, body))
    for wait in (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600):
        time.forward(seconds=wait - 1)
        assert account.due_events() == []
        time.forward(seconds=1)
        [event] = account.due_events()
        account.settle_event(event, False)
    assert account.webhooks.count() == {"waiting": 0, "attempts": 8, "given_up": 1}


def test_after_eight_attempts_an_event_is_given_up(resend: StandIn, http: httpx.Client, endpoint: Endpoint) -> None:
    resend.script("client@example.com", "delivered")
    resend.configure(webhook_speed=1e12)
    endpoint.statuses = [503] * 20
    send(http)
    until(lambda: resend.statistics()["webhooks"].get("given_up") == 1)
    assert len(endpoint.came) == 8


@pytest.mark.parametrize("is_shuffled", [False, True])
def test_events_held_back_come_in_order_or_shuffled(
    resend: StandIn, http: httpx.Client, endpoint: Endpoint, is_shuffled: bool
) -> None:
    resend.configure(events_held=True, events_shuffled=is_shuffled)
    send_all(http, *(a_mail(f"m{n}") for n in range(5)))
    assert resend.statistics()["webhooks"] == {"waiting": 10}
    assert endpoint.came == []
    resend.configure(events_held=False)
    until(lambda: len(endpoint.came) == 10)
    ids = [headers["svix-id"] for headers, _ in endpoint.came]
    assert len(set(ids)) == 10
    assert (ids != sorted(ids)) == is_shuffled


def test_events_may_come_more_than_once(resend: StandIn, http: httpx.Client, endpoint: Endpoint) -> None:
    resend.configure(events_repeated=3)
    send(http)
    until(lambda: len(endpoint.came) == 6)
    assert set(Counter(headers["svix-id"] for headers, _ in endpoint.came).values()) == {3}


def test_webhooks_pass_the_sdk_s_own_verification(
    resend: StandIn, http: httpx.Client, endpoint: Endpoint, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", time)
    send(http)
    until(lambda: len(endpoint.came) == 2)
    for headers, body in endpoint.came:
        assert _verified(headers, body)["data"]


def test_an_event_can_be_signed_without_a_server() -> None:
    event = an_event("bounced", to="client@example.com", bounce={"type": "Transient"})
    headers, body = signed(event, SECRET)
    assert _verified(headers, body)["data"]["bounce"] == {"type": "Transient"}
    with pytest.raises(ValueError, match="signature"):
        _verified(headers, body.replace(b"Transient", b"Permanent"))
    late, body = signed(event, SECRET, at=1_700_000_000)
    with pytest.raises(ValueError, match="tolerance"):
        _verified(late, body)


def _until_tried(resend: StandIn, times: int) -> None:
    until(lambda: resend.statistics()["webhooks"].get("attempts") == times)


def _verified(headers: dict[str, str], body: bytes) -> Any:
    signs: Any = {name: headers[f"svix-{name}"] for name in ("id", "timestamp", "signature")}
    return sdk.Webhooks.verify({"payload": body.decode(), "headers": signs, "webhook_secret": SECRET})
