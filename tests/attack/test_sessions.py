"""An open socket outlives the session it was opened with; its rights do not."""

from collections.abc import Callable

import httpx
import pytest

from tests.attack.evidence import Evidence
from tests.attack.wire import Wire, name_of, sign_in
from tests.browser.server import Server

End = Callable[[Server, Evidence, str], None]


def signs_out(server: Server, evidence: Evidence, cookie: str) -> None:
    answer = httpx.post(f"{server.url}/sign-out", headers={"origin": server.url, "cookie": cookie})
    assert answer.status_code == 200


def is_signed_out_elsewhere(server: Server, evidence: Evidence, cookie: str) -> None:
    with Wire(server.url, cookie=sign_in(server.url, "investigator"), at="/profile/security") as other:
        other.hydrate()
        other.say(name_of("security.end_others"))
        other.finish()


def has_had_every_session_ended(server: Server, evidence: Evidence, cookie: str) -> None:
    evidence.change("UPDATE sign_in_session SET ended_at = '2026-01-01' WHERE person_id = " + INVESTIGATOR)


def is_disabled(server: Server, evidence: Evidence, cookie: str) -> None:
    evidence.change("UPDATE person SET access_level = 'Disabled' WHERE id = " + INVESTIGATOR)


def is_archived(server: Server, evidence: Evidence, cookie: str) -> None:
    evidence.change("UPDATE person SET archived_at = '2026-01-01' WHERE id = " + INVESTIGATOR)


def comes_to_its_last_hour(server: Server, evidence: Evidence, cookie: str) -> None:
    evidence.change("UPDATE sign_in_session SET expires_at = '2026-01-01' WHERE person_id = " + INVESTIGATOR)


INVESTIGATOR = "(SELECT id FROM person WHERE email = 'investigator@example.com')"
ENDS = [
    signs_out,
    is_signed_out_elsewhere,
    has_had_every_session_ended,
    is_disabled,
    is_archived,
    comes_to_its_last_hour,
]


@pytest.mark.parametrize("ends", ENDS)
def test_an_open_socket_is_refused_as_soon_as_somebody(server: Server, evidence: Evidence, ends: End) -> None:
    cookie = sign_in(server.url, "investigator")
    with Wire(server.url, cookie=cookie) as wire:
        wire.hydrate()
        wire.say(name_of("____editor.open_new"))
        wire.say(name_of("____editor.type_title"), text="Written in time")
        assert "Draft kept" in wire.finish()

        ends(server, evidence, cookie)
        wire.listen()
        wire.frames.clear()
        before = evidence.dump()
        wire.say(name_of("____editor.type_title"), text="Written too late")
        wire.say(name_of("____editor.save"))
        wire.say(name_of("feed.show_more"))
        wire.say(name_of("journal.toggle"), update_id=1)
        wire.finish()
    evidence.change(f"UPDATE person SET access_level = 'Limited', archived_at = NULL WHERE id = {INVESTIGATOR}")

    assert "/sign-in?next=" in wire.heard
    assert "Opening note" not in wire.heard
    assert "Draft kept" not in wire.heard
    assert "too late" not in str(evidence.all("SELECT title FROM draft"))
    assert evidence.all("SELECT count(*) FROM revision") == [str(len(before["revision"]))]


def test_a_permission_taken_away_is_gone_at_the_next_click(server: Server, evidence: Evidence) -> None:
    with Wire(server.url, cookie=sign_in(server.url, "manager")) as wire:
        wire.hydrate()
        evidence.change(
            "UPDATE person SET role_id = (SELECT id FROM role WHERE name = 'Client Contact') WHERE email = 'manager@example.com'"
        )
        wire.say(name_of("feed.validate"), update_id=4, seen=1)
        wire.finish()
    evidence.change(
        "UPDATE person SET role_id = (SELECT id FROM role WHERE name = 'Case Manager') WHERE email = 'manager@example.com'"
    )
    assert "You may not do this" in wire.heard
    assert evidence.all("SELECT count(*) FROM revision WHERE update_id = 4 AND validated_at IS NOT NULL") == ["0"]


def test_an_ended_assignment_closes_an_open_page_at_its_next_look(server: Server, evidence: Evidence) -> None:
    with Wire(server.url, cookie=sign_in(server.url, "investigator")) as wire:
        wire.hydrate()
        evidence.change(f"UPDATE assignment SET ended_at = '2026-01-01' WHERE person_id = {INVESTIGATOR}")
        wire.frames.clear()
        wire.say(name_of("feed.show_more"))
        wire.say(name_of("journal.toggle"), update_id=1)
        wire.finish()
    evidence.change(f"UPDATE assignment SET ended_at = NULL WHERE person_id = {INVESTIGATOR}")
    assert "This does not exist, or you may not see it." in wire.heard
    assert "Opening note" not in wire.heard
