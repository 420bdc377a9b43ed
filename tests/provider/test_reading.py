"""Who may ask, how a mail fares, which domains there are."""

from collections.abc import Mapping

import httpx
import pytest

from tests.provider import StandIn
from tests.provider.asking import asking, refusal, send
from tests.provider.conftest import Clock

KEYS = {"re_all": "full_access", "re_sends": "sending_access", "re_off": "suspended"}
UNKNOWN = "56761188-7520-42d8-8898-ff6fc54ce618"


@pytest.mark.parametrize(
    ("headers", "method", "path", "said"),
    [
        ({}, "POST", "/emails", (401, "missing_api_key")),
        ({"authorization": "Bearer re_nobody"}, "POST", "/emails", (403, "invalid_api_key")),
        ({"authorization": "Bearer re_off"}, "POST", "/emails", (403, "suspended_api_key")),
        ({"authorization": "Bearer re_sends"}, "GET", "/domains", (401, "restricted_api_key")),
        ({"authorization": "Bearer re_sends"}, "GET", f"/emails/{UNKNOWN}", (401, "restricted_api_key")),
        ({"authorization": "Bearer re_all"}, "GET", f"/emails/{UNKNOWN}", (404, "not_found")),
        ({"authorization": "Bearer re_all"}, "GET", "/emails/7", (422, "invalid_parameter")),
        ({"authorization": "Bearer re_all"}, "GET", "/elsewhere", (404, "not_found")),
        ({"authorization": "Bearer re_all"}, "DELETE", "/domains", (405, "method_not_allowed")),
    ],
)
def test_who_may_not_is_refused(
    resend: StandIn, headers: Mapping[str, str], method: str, path: str, said: tuple[int, str]
) -> None:
    resend.configure(keys=KEYS)
    with asking(resend.url) as http:
        del http.headers["authorization"]
        assert refusal(http.request(method, path, headers=headers)) == said


def test_a_key_for_sending_sends(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(keys=KEYS)
    http.headers["authorization"] = "Bearer re_sends"
    assert send(http).status_code == 200


def test_a_suspended_account_does_nothing(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(suspended=True)
    assert refusal(send(http)) == (403, "suspended_api_key")


def test_a_domain_must_be_verified_to_send_from(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(domains={"example.com": "pending"})
    refused = send(http)
    assert refusal(refused) == (403, "validation_error")
    assert "example.com" in refused.json()["message"]
    resend.configure(domains={"example.com": "verified"})
    assert send(http).status_code == 200


def test_domains_are_listed_by_pages(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(domains={"example.com": "verified", "new.example.com": "pending"})
    first = http.get("/domains", params={"limit": 1}).json()
    rest = http.get("/domains", params={"after": first["data"][0]["id"]}).json()
    assert [(page["has_more"], page["data"][0]["name"]) for page in (first, rest)] == [
        (True, "example.com"),
        (False, "new.example.com"),
    ]
    assert rest["data"][0]["status"] == "pending"


def test_a_mail_is_shown_as_it_fares(resend: StandIn, http: httpx.Client, time: Clock) -> None:
    resend.configure(event_delay=10)
    id = send(http, to="complained+case7@resend.dev").json()["id"]
    fares = []
    for _ in range(4):
        fares.append(http.get(f"/emails/{id}").json()["last_event"])
        time.forward(seconds=10)
    assert fares == ["sent", "delivered", "complained", "complained"]
    mail = http.get(f"/emails/{id}").json()
    assert (mail["object"], mail["to"], mail["subject"]) == (
        "email",
        ["complained+case7@resend.dev"],
        "Warehouse losses",
    )


def test_without_bodies_a_mail_is_still_known(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(keeps_bodies=False)
    id = send(http).json()["id"]
    assert http.get(f"/emails/{id}").json()["text"] is None
    assert resend.accepted_references() == {"m1": 1}


def test_all_can_be_forgotten(resend: StandIn, http: httpx.Client) -> None:
    send(http, key="k")
    resend.reset()
    assert resend.statistics()["mails"] == 0
    send(http, key="k")
    assert resend.accepted_references() == {"m1": 1}
