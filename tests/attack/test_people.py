"""The handlers of people under /settings over a bare socket, and invitations guessed at."""

import httpx
import pytest

from tests.attack.evidence import Evidence
from tests.attack.test_handlers import HOSTILE, secrets_of
from tests.attack.wire import Wire, handlers, name_of, sign_in
from tests.browser.server import Server

SORRY = "Something went wrong on our side"
THEIRS = ("____people.", "____person_settings.")


def people_handlers() -> dict[str, list[str]]:
    found = {
        name: arguments
        for name, arguments in handlers().items()
        if any(each in name for each in THEIRS) and "setvar" not in name
    }
    assert len(found) >= 20
    return found


def person(evidence: Evidence, name: str) -> str:
    return evidence.all("SELECT id FROM person WHERE email = :email", email=f"{name}@example.com")[0]


def plausible(evidence: Evidence) -> dict[str, object]:
    """What an administrator's page would send, by argument."""
    [role] = evidence.all("SELECT id FROM role WHERE name = 'Administrator'")
    form = {
        "name": "Mallory M.", "email": "mallory@example.com", "kind": "employee", "role": role, "client": "",
        "access_level": "Full", "invite": "on", "alias": "mallory@example.com",
    }  # fmt: skip
    return {
        "form": form, "alias_id": 1, "role_id": role, "kind": "employee", "what": "archive", "who": "employees",
        "which": "archived", "text": "", "is_open": True,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["nobody", "manager", "investigator", "client", "outsider"])
def test_nobody_but_an_administrator_changes_or_learns_anything(server: Server, evidence: Evidence, name: str) -> None:
    cookie = "" if name == "nobody" else sign_in(server.url, name)
    mine = {"manager": {"Manager G."}, "client": {"Client C."}}.get(name, set())
    places = [f"/settings/people/{person(evidence, each)}" for each in ("administrator", "client")]
    given, before = plausible(evidence), evidence.dump()
    with Wire(server.url, cookie=cookie, at="/settings/people") as wire:
        for place in (*places, "/settings/people"):
            for handler, arguments in people_handlers().items():
                wire.say(handler, _at=place, **{each: given[each] for each in arguments})
            wire.catch_up()
        wire.finish()
    addresses = set(evidence.all("SELECT email FROM person WHERE email IS NOT NULL"))
    names = set(evidence.all("SELECT name FROM person")) - mine
    assert not {each for each in addresses | names if each in wire.heard and len(each) > 4}
    assert evidence.dump() == before


def test_nonsense_from_an_administrator_is_refused_and_never_an_error(server: Server, evidence: Evidence) -> None:
    cookie = sign_in(server.url, "administrator")
    before = evidence.dump()
    forms = [
        dict.fromkeys(("name", "email", "kind", "role", "client", "access_level", "alias"), each) for each in HOSTILE
    ]
    places = (
        "/settings/people/0",
        "/settings/people/999999",
        "/settings/people/x",
        "/settings/people/%00",
        "/settings/people",
    )
    with Wire(server.url, cookie=cookie, at="/settings/people") as wire:
        wire.hydrate()
        for number, (handler, arguments) in enumerate(people_handlers().items()):
            for value in [*HOSTILE, *forms] if arguments else [None]:
                wire.say(handler, _at=places[number % 5], **dict.fromkeys(arguments, value))
            wire.catch_up()
        wire.finish()
    assert SORRY not in wire.heard
    assert evidence.dump() == before


def test_an_invitation_page_tells_a_guesser_nothing(server: Server, evidence: Evidence) -> None:
    before = evidence.dump()
    with Wire(server.url, at=f"/invitation/{'0' * 64}") as wire:
        for path in (f"/invitation/{'0' * 64}", "/invitation/", "/invitation/x/y", "/invitation/%00\0", "/cases", "/"):
            wire.say(name_of("invited.look"), _at=path)
        wire.finish()
    assert "Check that the whole address" in wire.heard
    assert not {word for word in secrets_of(evidence, but=set()) if word in wire.heard}
    answer = httpx.get(f"{server.url}/invitation/{'0' * 64}")
    assert (answer.status_code, answer.headers.get("set-cookie")) == (404, None)
    assert evidence.dump() == before


def test_the_mailed_address_looked_at_over_and_over_stays_good(server: Server, evidence: Evidence) -> None:
    """From the mail that the product itself hands over, read with the installation's own key."""
    from caseupdates import seals

    with Wire(server.url, cookie=sign_in(server.url, "administrator"), at="/settings/people") as wire:
        wire.hydrate()
        wire.say(name_of("person_settings.invite"), _at=f"/settings/people/{person(evidence, 'partner')}")
        wire.finish()
    evidence.dump()  # waits until it is handed over
    [text] = evidence.all(
        "SELECT text FROM local_mail WHERE recipient = 'partner@example.com' AND subject LIKE '%invites%'"
    )
    address = next(
        word
        for word in seals.broken(text, (server.data / "secret.key").read_text().strip().encode()).split()
        if "/invitation/" in word
    )
    before = evidence.dump()
    with httpx.Client() as client:
        assert {client.request(["GET", "HEAD"][each % 2], address).status_code for each in range(100)} == {200}
    with Wire(server.url, at=address.removeprefix(server.url)) as reader:
        reader.say(name_of("invited.look"))
        assert "partner@example.com" in reader.finish()
    assert evidence.dump() == before
    token = address.rpartition("/")[2]
    assert token not in str(before)
    assert token not in server.log
