"""Addresses of the real server: what is there, what it carries, and what Reflex could have put there."""

import httpx
import pytest

from caseupdates.interface import http
from tests.browser.server import Server


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/sign-in", 200), ("/cases", 200), ("/cases/2026-0142", 200), ("/caseupdates.js", 200), ("/ping", 200), ("/no-such-page", 404), ("/assets/none.js", 404)],
)  # fmt: skip
def test_every_answer_carries_the_headers(server: Server, path: str, status: int) -> None:
    answer = httpx.get(server.url + path)
    assert {name: answer.headers.get(name) for name in http.HEADERS} == http.HEADERS
    assert "'unsafe-eval'" not in answer.headers["content-security-policy"]
    assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.status_code == status


def test_a_page_says_nothing_of_a_case_before_its_socket_asks(server: Server) -> None:
    known, unknown = (httpx.get(f"{server.url}/cases/{number}") for number in ("2026-0142", "2026-9999"))
    assert known.content == unknown.content
    assert known.status_code == unknown.status_code


@pytest.mark.parametrize(
    "path",
    [
        "/_upload",
        "/_upload/any",
        "/_upload/../caseupdates.db",
        "/_all_routes",
        "/auth-codespace",
        "/_health/x",
        "/admin",
        "/.env",
        "/data/secret.key",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_what_reflex_could_serve_is_not_there(server: Server, method: str, path: str) -> None:
    answer = httpx.request(method, server.url + path, headers={"origin": server.url})
    assert answer.status_code in {404, 405}


@pytest.mark.parametrize(
    "path",
    [
        "/../caseupdates.db",
        "/%2e%2e/%2e%2e/data/caseupdates.db",
        "/..%2f..%2fetc/passwd",
        "/assets/..%5c..%5cpasswd",
        "/%00",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_built_pages(server: Server, path: str) -> None:
    with httpx.Client(base_url=server.url) as client:
        answer = client.send(
            httpx.Request(
                "GET",
                httpx.URL(server.url).copy_with(raw_path=path.encode()),
                headers={"host": httpx.URL(server.url).netloc.decode()},
            )
        )
    assert answer.status_code in {400, 404}
    assert b"SQLite format" not in answer.content
    assert b"root:" not in answer.content
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/", "/cases", "/sign-in", "/sign-out", "/welcome"])
def test_a_get_sets_no_cookie(server: Server, path: str) -> None:
    assert "set-cookie" not in httpx.get(server.url + path).headers


def test_a_finished_installation_has_no_welcome(server: Server) -> None:
    form = {
        "token": "0" * 32,
        "email": "second@example.com",
        "name": "S",
        "firm": "F",
        "password": "harbour lights at dusk",
    }
    assert httpx.post(f"{server.url}/welcome", data=form, headers={"origin": server.url}).status_code == 404
