"""Links from the mails of the real product: looked at, guessed at, and called over a bare socket."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from tests.attack.doors import REPORT, Door, door, newest_code, visitor
from tests.attack.evidence import Evidence
from tests.attack.test_handlers import HOSTILE
from tests.attack.wire import Wire, handlers, name_of
from tests.browser.server import Server

pytestmark = pytest.mark.usefixtures("told_later")

LAST = "the.last.one@example.com"
# Asking for codes, the mail that tells the sender of it, and its way out of the outbox.
OUTBOX = {"message", "payload", "batch", "provider", "local_mail"}
VISITORS_OWN = OUTBOX | {"challenge", "notification", "link_event"}


@pytest.fixture
def unguarded(server: Server, evidence: Evidence) -> Door:
    """The partner's link, which needs no code."""
    return door(server, evidence, "partner")


@pytest.fixture
def guarded(server: Server, evidence: Evidence) -> Iterator[Door]:
    """The paralegal's link, asking for a code in these tests."""
    whose = "WHERE person_id = (SELECT id FROM person WHERE email = 'paralegal@example.com')"
    evidence.change(f"UPDATE link SET needs_verification = true {whose}")
    yield door(server, evidence, "paralegal")
    evidence.change(f"UPDATE link SET needs_verification = false {whose}")


def status(server: Server, path: str, cookie: str = "", **headers: str) -> int:
    return httpx.get(server.url + path, headers={"cookie": cookie, **headers}).status_code


def verified(server: Server, evidence: Evidence, door: Door, cookie: str) -> Wire:
    """A page on the link, opened with the code that came to the paralegal."""
    wire = Wire(server.url, cookie=cookie, at=door.path)
    wire.hydrate()
    wire.say(name_of("gate.ask"), form={"address": "paralegal@example.com"})
    wire.finish()
    wire.say(name_of("gate.confirm"), form={"code": newest_code(server, evidence)})
    wire.finish()
    return wire


def test_a_thousand_looks_change_nothing(server: Server, evidence: Evidence, guarded: Door, unguarded: Door) -> None:
    paths = [each for door in (guarded, unguarded) for each in (door.path, door.file, f"{door.file}?download")]
    ways = [
        ("GET", {}),
        ("HEAD", {}),
        ("GET", {"sec-purpose": "prefetch"}),
        ("GET", {"purpose": "prefetch", "range": "bytes=0-1"}),
    ]
    cookies = ["", visitor(server, guarded)]
    before, seen = evidence.dump(), set()
    with httpx.Client(base_url=server.url) as client:
        for number in range(1_000):
            method, headers = ways[number % 4]
            path, cookie = paths[number // 4 % 6], cookies[number // 24 % 2]
            answer = client.request(method, path, headers={**headers, "cookie": cookie})
            seen.add((path in {guarded.path, unguarded.path}, answer.status_code))
            assert REPORT not in answer.text
    assert seen == {(True, 200), (False, 401)}
    assert evidence.dump() == before


def test_the_visitor_cookie_alone_opens_nothing(server: Server, evidence: Evidence, guarded: Door) -> None:
    cookie, before = visitor(server, guarded), evidence.dump()
    with Wire(server.url, cookie=cookie, at=guarded.path) as wire:
        wire.hydrate()
        wire.say(name_of("gate.enter"))  # opens only links that need no code
        wire.finish()
        assert '"address"' in wire.heard  # the page asks who they are
        assert "Manager G." in wire.heard
        assert REPORT not in wire.heard
        assert "/files/" not in wire.heard
        assert status(server, guarded.file, cookie) == 401
    assert evidence.dump() == before


def test_a_right_code_opens_the_files_in_its_own_browser_until_the_window_closes(
    server: Server, evidence: Evidence, guarded: Door
) -> None:
    cookie, other = visitor(server, guarded), visitor(server, guarded)
    with verified(server, evidence, guarded, cookie) as wire:
        assert REPORT in wire.heard
        assert status(server, guarded.file, cookie, range="bytes=0-99") == 206
        assert status(server, f"{guarded.file}?download", cookie, range="bytes=0-99") == 206
        assert status(server, guarded.file, other) == status(server, guarded.file) == 401
    forgotten = _leased_for(evidence)
    assert 30 < forgotten <= 38  # a connection that is lost for 30 s is forgiven
    evidence.change("UPDATE visit SET leased_until = '2026-01-01' WHERE id = (SELECT max(id) FROM visit)")
    assert status(server, f"{guarded.file}?download", cookie, range="bytes=100-") == 401
    with Wire(server.url, cookie=cookie, token=wire.token, at=guarded.path) as restored:
        assert REPORT not in restored.hydrate()
        assert status(server, guarded.file, cookie) == 401


def _leased_for(evidence: Evidence) -> float:
    """Seconds that the newest visit still lasts, once its page is known to be gone."""
    waits_until = time.monotonic() + 10
    while True:
        lasts = _seconds_until(evidence.all("SELECT leased_until FROM visit ORDER BY id DESC")[0])
        if lasts < 38 or time.monotonic() > waits_until:
            return lasts
        time.sleep(0.05)


def _seconds_until(moment: str) -> float:
    found = datetime.fromisoformat(moment)
    return (found.replace(tzinfo=found.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


@pytest.mark.parametrize("is_open", [True, False])
def test_the_name_of_anothers_tab_opens_nothing(
    server: Server, evidence: Evidence, guarded: Door, is_open: bool
) -> None:
    cookie = visitor(server, guarded)
    with verified(server, evidence, guarded, cookie) as owner:
        if not is_open:
            owner.__exit__()
        for thief_cookie in ("", visitor(server, guarded)):
            with Wire(server.url, cookie=thief_cookie, token=owner.token, at=guarded.path) as thief:
                thief.hydrate()
                for name in ("gate.help", "gate.another_address", "gate.leave", "gate.enter"):
                    thief.say(name_of(name))
                thief.finish()
                assert REPORT not in thief.heard
                assert "/files/" not in thief.heard
                assert status(server, guarded.file, thief_cookie) == 401
        assert (status(server, guarded.file, cookie) == 200) or not is_open  # and its owner is not thrown out


def test_what_somebody_typed_is_not_shown_to_whoever_knows_the_tab(server: Server, guarded: Door) -> None:
    with Wire(server.url, cookie=visitor(server, guarded), at=guarded.path) as owner:
        owner.hydrate()
        owner.say(name_of("gate.ask"), form={"address": "somebody.private@example.com"})
        assert "somebody.private" in owner.finish()
    with Wire(server.url, cookie=visitor(server, guarded), token=owner.token, at=guarded.path) as thief:
        assert "somebody.private" not in thief.hydrate()


def test_the_gates_handlers_change_only_what_a_visitor_may(server: Server, evidence: Evidence, guarded: Door) -> None:
    gates = {name: arguments for name, arguments in handlers().items() if ".gate." in f".{name}".replace("____", ".")}
    assert len(gates) >= 7
    forms = [{"address": each, "code": each} for each in [*HOSTILE, "00000000", "x@example.com", "Ⅻ@example.com"]]
    before = evidence.dump()
    with Wire(server.url, cookie=visitor(server, guarded), at=guarded.path) as wire:
        wire.hydrate()
        for name, arguments in gates.items():
            for place in (guarded.path, f"/l/{'0' * 64}", "/l/", "/l", f"{guarded.path}/x", "/cases", "/l/%00\0"):
                wire.say(name, _at=place, **dict.fromkeys(arguments, ""))
            for value in [*HOSTILE, *forms] if arguments else []:
                wire.say(name, **dict.fromkeys(arguments, value))
            wire.listen(0.005)
        wire.say(name_of("gate.ask"), form={"address": LAST})
        waits_until = time.monotonic() + 90
        while LAST not in wire.listen() and time.monotonic() < waits_until:
            pass
        assert LAST in wire.heard  # all that was said before is worked off
        assert REPORT not in wire.heard
    time.sleep(2.5)  # the sender is told a little later
    after = evidence.dump()
    for links in (before["link"], after["link"]):
        links[:] = [re.sub(r"'wrong_tries': \d+", "", each) for each in links]  # wrong codes are counted
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= VISITORS_OWN
    gained = [row for row in after["link_event"] if row not in before["link_event"]]
    assert all(re.search("'(denied|wrong code|link opened|code requested)'", row) for row in gained)
    codes = "SELECT DISTINCT recipient FROM local_mail WHERE subject = 'Your verification code'"
    assert set(evidence.all(codes)) <= {"paralegal@example.com"}
