"""Forged, replayed, oversized and senseless webhooks: nothing moves, nothing stops, nothing is in the log."""

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
import pytest

from tests.attack.conftest import WEBHOOK_SECRET
from tests.attack.evidence import Evidence
from tests.browser.server import Server
from tests.provider import an_event, signed

PATH = "/webhooks/resend"
MARK = "Zanzibar"  # nobody says this but these attacks
OTHER_SECRET = "whsec_c29tZWJvZHk="
ODD = [
    None, True, 0, -1, 10**400, 1e308, "", "\0", "\ud800", MARK * 20_000, [], [[[]]], {}, {"message": {"message": []}},
    [{"name": "message", "value": 7}], [{"name": ["message"], "value": "k"}], "'; DROP TABLE message; --", "%s%n{0}",
    "9999-12-31T23:59:59-23:59", "0000-00-00T00:00:00Z",
]  # fmt: skip
NOTED = {"provider"}  # that something was refused, and when; looked at below


@pytest.fixture(scope="module")
def key(evidence: Evidence) -> str:
    """Our name for a mail that the local mailbox took."""
    evidence.dump()  # waits until the demo firm's mails have gone
    return evidence.all("SELECT key FROM message WHERE accepted_at IS NOT NULL ORDER BY id LIMIT 1")[0]


@pytest.fixture
def svix(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as client:
        yield client


def event(key: str, type: str = "bounced", **data: object) -> bytes:
    whole = an_event(type, tags={"message": key}, bounce={"type": "Permanent", "message": MARK})
    whole["data"] = {**whole["data"], **data}  # type: ignore[dict-item]
    return json.dumps(whole).encode()


def state(evidence: Evidence) -> dict[str, list[str]]:
    return {name: rows for name, rows in evidence.dump().items() if name not in NOTED}


def refusals(evidence: Evidence) -> list[str]:
    return evidence.all("SELECT event_refused_at FROM provider WHERE event_refused_at IS NOT NULL")


def test_a_forgery_a_replay_and_a_changed_event_move_nothing(
    svix: httpx.Client, evidence: Evidence, key: str, server: Server
) -> None:
    before, body = state(evidence), event(key)
    headers, _ = signed(body, WEBHOOK_SECRET)
    late, _ = signed(body, WEBHOOK_SECRET, at=time.time() - 301)
    early, _ = signed(body, WEBHOOK_SECRET, at=time.time() + 320)
    other, _ = signed(body, OTHER_SECRET)
    unsigned = {"content-type": "application/json"}
    attacks = [
        (unsigned, body), (late, body), (early, body), (other, body), (headers, body + b" "), (headers, event(key, "complained")),
        ({**headers, "svix-id": "msg_another"}, body), ({**headers, "svix-timestamp": str(int(time.time()) + 1)}, body),
        ({**headers, "svix-signature": headers["svix-signature"][:-4] + "AAA="}, body), ({**headers, "svix-signature": "v1," * 5_000}, body),
        ({**headers, "svix-timestamp": "9" * 5_000}, body), ({**headers, "svix-timestamp": "-1"}, body), ({**headers, "svix-timestamp": "nan"}, body),
    ]  # fmt: skip
    answers = [svix.post(PATH, headers=headers, content=content) for headers, content in attacks]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}
    assert state(evidence) == before


@pytest.mark.parametrize(
    "type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html", ""]
)
def test_a_form_of_another_kind_is_not_taken_for_an_event(svix: httpx.Client, type: str) -> None:
    answer = svix.post(PATH, headers={"content-type": type}, content=b"type=email.delivered")
    assert answer.status_code == 401


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_post_is_answered(svix: httpx.Client, method: str, key: str) -> None:
    body = event(key)
    headers, _ = signed(body, WEBHOOK_SECRET)
    assert svix.request(method, PATH, headers=headers, content=body).status_code in {404, 405}  # a page, or nothing


def test_a_page_of_another_site_cannot_post_here(svix: httpx.Client, key: str) -> None:
    body = event(key)
    headers, _ = signed(body, WEBHOOK_SECRET)
    for origin in ("https://evil.example", "null"):
        assert svix.post(PATH, headers={**headers, "origin": origin}, content=body).status_code == 403
    assert svix.post(PATH, headers={**headers, "host": "evil.example"}, content=body).status_code == 403


def test_what_says_it_is_huge_is_refused_before_it_is_read(server: Server) -> None:
    parts = urlsplit(server.url)
    with socket.create_connection(("127.0.0.1", parts.port or 80), timeout=20) as line:
        line.sendall(
            f"POST {PATH} HTTP/1.1\r\nhost: {parts.netloc}\r\ncontent-length: {10**12}\r\nconnection: close\r\n\r\n".encode()
        )
        line.sendall(b" " * 300_000)
        assert line.recv(12) == b"HTTP/1.1 413"


def test_no_field_of_a_signed_event_stops_the_server_or_moves_a_mail(
    svix: httpx.Client, evidence: Evidence, key: str
) -> None:
    before = state(evidence)
    strange = [json.dumps(odd).encode() for odd in ODD]
    strange += [json.dumps({**an_event("bounced"), field: odd}).encode() for odd in ODD for field in ("type", "data")]
    strange += [
        event("unknown", **{field: odd}) for odd in ODD for field in ("tags", "email_id", "bounce", "created_at")
    ]
    strange += [event("foreign' OR '1'='1"), event("x" * 100_000), b"[" * 200_000, b"1" * 200_000, b"\xff\xfe", b""]
    for body in strange:
        headers, _ = signed(body, WEBHOOK_SECRET)
        answer = svix.post(PATH, headers=headers, content=body)
        assert answer.status_code == 200, (body[:100], answer.text)
    assert state(evidence) == before


def test_odd_fields_beside_a_known_mail_are_borne(svix: httpx.Client, evidence: Evidence, key: str) -> None:
    for odd in ODD:
        for field in ("bounce", "created_at", "email_id", "to", "from", "subject", "headers"):
            body = event(key, "sent", **{field: odd})
            headers, _ = signed(body, WEBHOOK_SECRET)
            assert svix.post(PATH, headers=headers, content=body).status_code == 200
    assert evidence.all("SELECT bounced_at FROM message WHERE key = :key AND bounced_at IS NOT NULL", key=key) == []


@pytest.mark.parametrize("id", ["x" * 201, "' OR 1=1 --", "é"])
def test_an_odd_id_of_an_event_is_borne(svix: httpx.Client, key: str, id: str) -> None:
    body = event(key, "sent")
    headers, _ = signed(body, WEBHOOK_SECRET, id=id)
    sent = {name.encode(): value.encode() for name, value in headers.items()}
    assert svix.post(PATH, headers=sent, content=body).status_code in {200, 401}


def test_a_flood_of_forgeries_writes_seldom(svix: httpx.Client, evidence: Evidence, key: str) -> None:
    seen, began = set(), datetime.now(UTC)
    for _ in range(200):
        svix.post(PATH, content=event(key))
        seen.update(refusals(evidence))
    seconds = (datetime.now(UTC) - began).total_seconds()
    assert len(seen) <= 2 + seconds / 10


def test_nothing_of_it_is_in_the_log(server: Server, key: str) -> None:
    said = server.log.partition("Serving on")[2]
    for kept in (MARK, key, "@example.com", WEBHOOK_SECRET, "Traceback", "DROP TABLE"):
        assert kept not in said
