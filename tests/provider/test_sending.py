"""Mails go in one by one or by the hundred, and bad ones are refused as Resend refuses them."""

import base64
from typing import Any

import httpx
import pytest

from tests.provider import StandIn
from tests.provider.asking import a_mail, refusal, send, send_all, without


def test_a_mail_is_accepted_and_known_by_its_reference(resend: StandIn, http: httpx.Client) -> None:
    answer = send(http, "m7")
    assert answer.status_code == 200
    [mail] = resend.account.mails
    assert answer.json() == {"id": mail.id}
    assert mail.mail["subject"] == "Warehouse losses"
    assert resend.accepted() == {("m7", "client@example.com"): 1}
    assert resend.duplicates() == {}


def test_a_mail_sent_twice_without_a_key_is_a_duplicate(resend: StandIn, http: httpx.Client) -> None:
    for _ in range(2):
        send(http, "m7")
    send(http, "m8")
    assert resend.accepted_references() == {"m7": 2, "m8": 1}
    assert resend.duplicates() == {"m7": 2}


def test_a_batch_is_answered_with_an_id_for_each_mail_in_order(resend: StandIn, http: httpx.Client) -> None:
    answer = send_all(http, *(a_mail(f"m{n}") for n in range(100)))
    references = {mail.id: mail.reference for mail in resend.account.mails}
    assert [references[each["id"]] for each in answer.json()["data"]] == [f"m{n}" for n in range(100)]
    assert "errors" not in answer.json()
    assert resend.statistics()["batch_sizes"] == {"100": 1}


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_holds_one_to_a_hundred_mails(resend: StandIn, http: httpx.Client, count: int) -> None:
    assert refusal(send_all(http, *[a_mail()] * count)) == (422, "validation_error")
    assert resend.account.mails == []


def test_one_bad_mail_refuses_a_strict_batch_whole(resend: StandIn, http: httpx.Client) -> None:
    assert refusal(send_all(http, a_mail("m1"), without("subject"))) == (422, "missing_required_field")
    assert resend.account.mails == []


def test_a_permissive_batch_takes_the_good_and_says_which_are_bad(resend: StandIn, http: httpx.Client) -> None:
    answer = send_all(http, a_mail("m1"), a_mail("m2", to="nobody"), a_mail("m3"), mode="permissive").json()
    assert len(answer["data"]) == 2
    [error] = answer["errors"]
    assert error["index"] == 1
    assert "`to`" in error["message"]
    assert resend.accepted_references() == {"m1": 1, "m3": 1}


@pytest.mark.parametrize("extra", [{"attachments": []}, {"scheduled_at": "in 1 hour"}])
def test_a_batch_takes_no_attachments_and_no_later_hour(http: httpx.Client, extra: dict[str, Any]) -> None:
    assert refusal(send_all(http, a_mail(**extra))) == (422, "validation_error")


@pytest.mark.parametrize(
    ("mail", "status", "name"),
    [
        (without("from"), 422, "missing_required_field"),
        (without("to"), 422, "missing_required_field"),
        (without("text"), 422, "missing_required_field"),
        (a_mail(**{"from": "nobody"}), 422, "invalid_from_address"),
        (a_mail(**{"from": "Firm <updates@elsewhere.com>"}), 403, "validation_error"),
        (a_mail(to=["client@example.com", 7]), 422, "validation_error"),
        (a_mail(to=[f"client{n}@example.com" for n in range(51)]), 422, "validation_error"),
        (a_mail(reply_to="a b@example.com"), 422, "validation_error"),
        (a_mail(html=7), 422, "validation_error"),
        (a_mail(headers={"X-Case": 7}), 422, "validation_error"),
        (a_mail(tags=[{"name": "case", "value": "Müller & Co"}]), 422, "validation_error"),
        (a_mail(attachments=[{"filename": "a.pdf", "content": [1, 2]}]), 422, "invalid_attachment"),
        (a_mail(attachments=[{"filename": "a.pdf", "content": "not base64!"}]), 422, "invalid_attachment"),
        (["not a mail"], 422, "validation_error"),
    ],
)
def test_a_bad_mail_is_refused_by_name(resend: StandIn, http: httpx.Client, mail: Any, status: int, name: str) -> None:
    assert refusal(http.post("/emails", json=mail)) == (status, name)
    assert resend.account.mails == []
    assert resend.statistics()["refused"] == {name: 1}


def test_what_is_not_json_is_refused(http: httpx.Client) -> None:
    assert refusal(http.post("/emails", content=b"{")) == (400, "validation_error")


def test_a_mail_with_everything_is_accepted(http: httpx.Client) -> None:
    file = {"filename": "a.pdf", "content": base64.b64encode(b"%PDF").decode()}
    everything: dict[str, Any] = {
        "cc": "b@example.com",
        "bcc": ["c@example.com"],
        "reply_to": "Ann <a@example.com>",
        "html": "<p>",
    }
    assert send(http, headers={"X-Case": "7"}, attachments=[file], **everything).status_code == 200


def test_a_mail_above_forty_megabytes_is_refused(http: httpx.Client) -> None:
    def with_file(size: int) -> httpx.Response:
        return send(http, attachments=[{"filename": "a.bin", "content": "A" * size}])

    assert with_file(40 * 1024 * 1024 - 1024).status_code == 200
    assert refusal(with_file(40 * 1024 * 1024)) == (422, "validation_error")


def test_addresses_of_nobody_can_be_blocked_as_resend_does(resend: StandIn, http: httpx.Client) -> None:
    resend.configure(blocks_example_addresses=True)
    assert refusal(send(http)) == (422, "validation_error")
    assert send(http, to="delivered+7@resend.dev").status_code == 200
