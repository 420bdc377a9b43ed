"""What a tab shows stays with the session that filled it, whoever learns the tab's name."""

import pytest

from tests.attack.evidence import Evidence
from tests.attack.test_handlers import CASE
from tests.attack.wire import Wire, name_of, sign_in
from tests.browser.server import Server

SECRET = "Night two: the side gate again"  # an update no client contact may see yet


def filled_tab(server: Server, cookie: str) -> Wire:
    """The manager's tab on the case, with its updates and the recipients of one."""
    wire = Wire(server.url, cookie=cookie)
    wire.hydrate()
    wire.say(name_of("send_dialog.open"), update_id=1)
    wire.finish()
    assert SECRET in wire.heard
    assert "paralegal" in wire.heard.lower()
    return wire


@pytest.mark.parametrize("name", ["nobody", "outsider", "client"])
def test_a_closed_tab_shows_nothing_to_somebody_else(server: Server, evidence: Evidence, name: str) -> None:
    with filled_tab(server, sign_in(server.url, "manager")) as manager:
        token = manager.token
    cookie = "" if name == "nobody" else sign_in(server.url, name)
    with Wire(server.url, cookie=cookie) as themselves:
        themselves.hydrate()  # that they have looked is noted the first time
        themselves.finish()
    before = evidence.dump()
    with Wire(server.url, cookie=cookie, token=token) as thief:
        thief.hydrate()
        thief.say(name_of("send_dialog.find"), text="")
        thief.finish()
    assert SECRET not in thief.heard
    assert "paralegal" not in thief.heard.lower()
    assert evidence.dump() == before


def test_another_manager_finds_nothing_of_the_first_without_asking_for_the_page(server: Server) -> None:
    with filled_tab(server, sign_in(server.url, "manager")) as manager:
        token = manager.token
    with Wire(server.url, cookie=sign_in(server.url, "administrator"), token=token, at="/profile/security") as second:
        second.say(name_of("send_dialog.find"), text="")
        second.say(name_of("send_dialog.toggle_block"), name="Client Contacts")
        second.finish()
    assert "paralegal" not in second.heard.lower()


@pytest.mark.parametrize("name", ["nobody", "outsider"])
def test_an_open_tab_is_not_shared(server: Server, name: str) -> None:
    with filled_tab(server, sign_in(server.url, "manager")) as manager:
        cookie = "" if name == "nobody" else sign_in(server.url, name)
        with Wire(server.url, cookie=cookie, token=manager.token) as thief:
            thief.hydrate()
            thief.say(name_of("send_dialog.find"), text="")
            thief.say(name_of("feed.show_more"))
            thief.finish()
        assert SECRET not in thief.heard
        manager.frames.clear()
        manager.say(name_of("journal.toggle"), update_id=3)
        assert "Please read the recommendation" in manager.finish()  # and its owner notices nothing


def test_a_tab_whose_session_is_over_shows_nothing(server: Server, evidence: Evidence) -> None:
    cookie = sign_in(server.url, "manager")
    with filled_tab(server, cookie) as manager:
        token = manager.token
    evidence.change(
        "UPDATE sign_in_session SET expires_at = '2020-01-01' WHERE id = (SELECT max(id) FROM sign_in_session)"
    )
    with Wire(server.url, cookie=cookie, token=token) as later:
        later.hydrate()
    assert SECRET not in later.heard


def test_a_reloaded_tab_still_shows_what_it_did(server: Server) -> None:
    cookie = sign_in(server.url, "manager")
    with filled_tab(server, cookie) as manager:
        token = manager.token
    with Wire(server.url, cookie=cookie, token=token) as again:
        assert SECRET in again.hydrate()
    assert CASE in again.heard
