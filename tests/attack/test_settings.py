"""The firm's settings and its history, attacked by people of the firm who may not."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from tests.attack.evidence import Evidence
from tests.attack.wire import Wire, name_of, sign_in
from tests.browser.server import Server
from tests.files.pictures import PAGE, SVG, png

HISTORY = "SELECT what FROM history ORDER BY id"
CONTACT = {"name": "Mine", "contact": "Call me.", "reply_to": "me@evil.example"}
DELIVERY = [
    ("delivery_settings.watch", {}), ("delivery_settings.try_now", {}), ("delivery_settings.show", {"which": "day"}),
    ("delivery_settings.show_more", {}), ("delivery_settings.send_again", {"message_id": 1}), ("delivery_settings.give_up", {"message_id": 1}),
    ("delivery_settings.send_all_again", {}), ("delivery_settings.confirm", {}), ("delivery_settings.close", {"is_open": True}),
    ("delivery_settings.confirm", {}), ("delivery_settings.check", {}),
]  # fmt: skip
CALLS = [
    ("firm_settings.save_contact", {"form": CONTACT}), ("firm_settings.save_mail", {"form": {"email_signature": "Mine"}}),
    ("firm_settings.save_zone", {"form": {"time_zone": "Asia/Tokyo"}}), ("firm_settings.save_sending", {"form": {"files": "attach", "links_expire": "90 days"}}),
    ("firm_settings.remove_logo", {}), ("firm_settings.look_at_zone", {"zone": "Asia/Tokyo"}), ("firm_settings.watch", {}),
    ("switches.watch", {}), ("switches.switch", {"kind": "case update", "on": False}), ("switches.switch", {"kind": "reply to my update", "on": False}),
    ("switches.silence_updates", {}), ("firm_history.watch", {}), ("firm_history.find", {"text": "update"}),
    ("firm_history.choose", {"kind": "updates"}), ("firm_history.show_more", {}), *DELIVERY,
]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE history SET what = 'nothing', person_id = NULL",
        "UPDATE history SET at = '2020-01-01' WHERE id = 1",
        "DELETE FROM history",
    ],
)
def test_nobody_changes_a_line_of_history_even_in_the_database(evidence: Evidence, change: str) -> None:
    before = evidence.all(HISTORY)
    with pytest.raises(DBAPIError, match="appended, never changed"):
        evidence.change(change)
    assert evidence.all(HISTORY) == before != []


@pytest.mark.parametrize("name", ["manager", "investigator", "client"])
def test_over_a_bare_socket_nobody_but_an_administrator_sets_or_reads(
    server: Server, evidence: Evidence, name: str
) -> None:
    before = evidence.dump()
    with Wire(server.url, cookie=sign_in(server.url, name), at="/settings/firm") as wire:
        for handler, payload in CALLS:
            wire.say(name_of(f"____{handler}"), **payload)
        heard = wire.finish()
    assert "You may not do this." in heard
    assert "Tenancy: keys returned" not in heard or name == "manager"
    assert "update written" not in heard
    assert "Switched" not in heard
    assert evidence.dump() == before


@pytest.fixture
def parked(evidence: Evidence) -> Iterator[str]:
    """Whom a mail is for that waits for a person: the demo firm's first mail, made to."""
    evidence.change("UPDATE message SET parked_at = accepted_at, accepted_at = NULL, topic = recipient WHERE id = 1")
    evidence.change("UPDATE message SET recipient = 'parked@example.com' WHERE id = 1")
    yield "parked@example.com"
    evidence.change("UPDATE message SET accepted_at = parked_at, parked_at = NULL, recipient = topic WHERE id = 1")
    evidence.change("UPDATE message SET topic = '' WHERE id = 1")


@pytest.mark.parametrize("name", ["nobody", "manager", "investigator", "client"])
def test_nobody_but_an_administrator_learns_of_parked_mail_or_decides(
    server: Server, evidence: Evidence, parked: str, name: str
) -> None:
    cookie = "" if name == "nobody" else sign_in(server.url, name)
    before = evidence.dump()
    with Wire(server.url, cookie=cookie, at="/settings/delivery") as wire:
        for handler, payload in DELIVERY:
            wire.say(name_of(f"____{handler}"), **payload)
        heard = wire.finish()
    assert ("/sign-in" if name == "nobody" else "You may not do this.") in heard
    assert parked not in heard
    assert evidence.dump() == before


def test_an_administrator_who_says_nonsense_changes_nothing(server: Server, evidence: Evidence, parked: str) -> None:
    before = evidence.dump(but_own="administrator")
    with Wire(server.url, cookie=sign_in(server.url, "administrator"), at="/settings/delivery") as wire:
        for value in (None, {}, [1], "1' OR '1'='1", -1, 2**63, 1.5, True):
            for handler, argument in (
                ("send_again", "message_id"),
                ("give_up", "message_id"),
                ("close", "is_open"),
                ("show", "which"),
            ):
                wire.say(name_of(f"____delivery_settings.{handler}"), **{argument: value})
            wire.say(name_of("____delivery_settings.confirm"))
        heard = wire.finish()
    assert "This does not exist" in heard
    assert "Something went wrong" not in heard
    assert evidence.dump(but_own="administrator") == before


@pytest.mark.parametrize("name", ["nobody", "manager", "investigator", "client"])
@pytest.mark.parametrize("content", [png(), SVG, PAGE])
def test_nobody_but_an_administrator_puts_a_logo(server: Server, evidence: Evidence, name: str, content: bytes) -> None:
    cookie = {"cookie": sign_in(server.url, name)} if name != "nobody" else {}
    answer = httpx.put(f"{server.url}/settings/logo", content=content, headers={"origin": server.url, **cookie})
    assert answer.status_code == (401 if name == "nobody" else 403)
    assert evidence.all("SELECT logo_type FROM firm") == [""]


def test_a_logo_over_the_wire_carries_the_headers_and_is_gone_again(server: Server, evidence: Evidence) -> None:
    cookie = {"cookie": sign_in(server.url, "administrator"), "origin": server.url}
    for content, status in ((SVG, 415), (png() + PAGE, 415), (png(), 200)):
        assert httpx.put(f"{server.url}/settings/logo", content=content, headers=cookie).status_code == status
    [sha256] = evidence.all("SELECT logo_sha256 FROM firm")
    answer = httpx.get(f"{server.url}/logo?v={sha256[:16]}")
    assert (answer.content, answer.headers["content-type"], answer.headers["x-content-type-options"]) == (
        png(),
        "image/png",
        "nosniff",
    )
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    with Wire(server.url, cookie=cookie["cookie"], at="/settings/firm") as wire:
        wire.say(name_of("____firm_settings.remove_logo"))
        wire.finish()
    assert httpx.get(f"{server.url}/logo").status_code == 404


@pytest.mark.parametrize("name", ["colleague", "client", "outsider"])
def test_the_table_of_a_case_is_not_for_those_without_it(server: Server, name: str) -> None:
    cookie = {"cookie": sign_in(server.url, name)}
    answers = [
        httpx.get(f"{server.url}/cases/{number}/history.csv", headers=cookie) for number in ("2026-0137", "2026-9999")
    ]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    assert httpx.get(f"{server.url}/settings/history.csv", headers=cookie).status_code == 403
