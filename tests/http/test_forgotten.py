"""POST /forgotten-password: the same answer to everybody, a mail to those who can sign in."""

import asyncio
import time

import pytest

from caseupdates.delivery.models import Message
from caseupdates.people import routes
from caseupdates.people.models import EmailAlias, Invitation
from tests.people.conftest import written

WHOEVER = ["client@example.com", "partner@example.com", "nobody@example.com", "not an address", "", "\0", "x" * 2_000]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What is done after the answer is done without waiting."""
    monkeypatch.setattr(routes.SystemRandom, "uniform", lambda *_: 0.0)


@pytest.fixture
def ask(visitor, installed):
    """Post an address, and let what follows the answer happen; the answer."""

    def post(email, network="192.0.2.1", browser=None):
        async def both():
            answer = await (browser or visitor(network=network))._request(
                "POST", "/forgotten-password", data={"email": email}
            )
            return answer, await asyncio.gather(*routes._later)

        return asyncio.run(both())[0]

    return post


def mailed(installed):
    return [each.recipient for each in installed.rows(Message)]


@pytest.mark.parametrize("email", WHOEVER)
def test_whoever_asks_is_answered_alike(ask, email):
    answer = ask(email)
    assert (answer.status_code, answer.json()) == (200, {"go": "/forgotten-password/sent"})
    assert "set-cookie" not in answer.headers


def test_only_who_can_sign_in_is_mailed(ask, installed):
    for email in WHOEVER:
        ask(email)
    assert mailed(installed) == ["client@example.com"]
    assert len(installed.rows(Invitation)) == 1
    assert installed.change(written) == [("Client C.", "new password asked for", "client@example.com")]


def test_an_alias_written_in_capitals_will_do(ask, installed):
    installed.change(
        lambda session: session.add(EmailAlias(person_id=installed.firm.client.id, address="c.c@example.com"))
    )
    ask(" C.C@EXAMPLE.com ")
    assert mailed(installed) == ["client@example.com"]


def test_nothing_is_looked_for_before_the_answer(visitor, installed, monkeypatch):
    """So that its time tells nothing: the request itself is over when the look-up begins."""
    monkeypatch.setattr(routes.SystemRandom, "uniform", lambda *_: 30.0)
    began = time.monotonic()
    assert visitor().post("/forgotten-password", data={"email": "client@example.com"}).status_code == 200
    assert time.monotonic() - began < 10
    assert mailed(installed) == []
    routes._later.clear()


@pytest.mark.parametrize("email", ["client@example.com", "nobody@example.com"])
def test_three_an_hour_for_an_address_known_or_not_from_wherever(ask, installed, clock, email):
    for number in range(3):
        assert ask(email, network=f"192.0.2.{number}").status_code == 200
    refused = ask(email.upper(), network="192.0.2.9")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1201")
    clock.forward(minutes=20)
    assert ask(email).status_code == 200
    assert len(mailed(installed)) == (4 if email.startswith("client") else 0)


def test_twenty_an_hour_from_a_network(ask):
    for number in range(20):
        assert ask(f"nobody{number}@example.com").status_code == 200
    assert ask("client@example.com").status_code == 429
    assert ask("client@example.com", network="192.0.2.2").status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", None])
def test_another_site_asks_for_nothing(ask, visitor, installed, origin):
    assert ask("client@example.com", browser=visitor(origin=origin)).status_code == 403
    assert mailed(installed) == []
