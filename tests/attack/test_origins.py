"""Other sites, and other names for this one."""

import httpx
import pytest
import websocket

from tests.attack.wire import Wire, name_of, sign_in
from tests.browser.server import Server

FOREIGN = [
    "https://evil.example",
    "http://localhost",
    "http://localhost:1",
    "null",
    "",
    "http://localhost.evil.example:{port}",
    "https://localhost:{port}",
]
PATHS = [
    "/",
    "/cases",
    "/sign-in",
    "/welcome",
    "/mailbox",
    "/profile/notifications",
    "/caseupdates.js",
    "/ping",
    "/no-such-page",
]


def named(server: Server, name: str) -> str:
    return name.replace("{port}", server.url.rpartition(":")[2])


@pytest.mark.parametrize("origin", [*FOREIGN, None])
def test_the_socket_opens_for_our_own_pages_only(server: Server, origin: str | None) -> None:
    cookie = sign_in(server.url, "manager")  # a browser would send it along
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        Wire(server.url, cookie=cookie, origin=origin and named(server, origin))
    assert refused.value.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost", "localhost:1", "169.254.169.254"])
def test_the_socket_opens_under_our_own_name_only(server: Server, host: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        Wire(server.url, host=host)
    assert refused.value.status_code == 403


@pytest.mark.parametrize("origin", FOREIGN)
def test_no_route_answers_another_site(server: Server, origin: str) -> None:
    headers = {"origin": named(server, origin)}
    with httpx.Client(base_url=server.url, headers=headers) as client:
        answers = [client.request(method, path) for path in PATHS for method in ("GET", "POST", "HEAD", "OPTIONS")]
        preflight = client.options("/sign-in", headers={"access-control-request-method": "POST"})
    assert {answer.status_code for answer in answers} == {403}
    assert preflight.status_code == 400  # Reflex's own CORS answers first
    assert not [answer for answer in [*answers, preflight] if "access-control-allow-origin" in answer.headers]


def test_long_polling_is_no_way_round(server: Server) -> None:
    """Engine.IO's other transport has no handshake of its own for an origin to be asked at."""
    for headers in ({"origin": "https://evil.example"}, {"host": "evil.example"}):
        answer = httpx.get(f"{server.url}/_event/?EIO=4&transport=polling&token=t", headers=headers)
        assert answer.status_code == 403
    posted = httpx.post(f"{server.url}/_event/?EIO=4&transport=polling&token=t", content="40/_event,")
    assert posted.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "localhost.evil.example"])
def test_no_route_answers_to_another_name(server: Server, host: str) -> None:
    """DNS rebinding: a name of the attacker's that leads to this machine."""
    with httpx.Client(base_url=server.url, headers={"host": host}) as client:
        answers = [client.request(method, path) for path in PATHS[:-2] for method in ("GET", "POST")]
    assert {answer.status_code for answer in answers} == {403}


def test_a_forwarded_name_is_not_believed(server: Server) -> None:
    headers = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "forwarded": "host=evil.example"}
    answer = httpx.get(f"{server.url}/cases", headers=headers)
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


def test_no_script_can_read_the_session_from_what_the_socket_says(server: Server) -> None:
    cookie = sign_in(server.url, "manager")
    with Wire(server.url, cookie=cookie) as wire:
        wire.hydrate()
        wire.say(name_of("security.look"), _at="/profile/security")
        wire.finish()
    assert cookie.partition("=")[2] not in wire.heard
