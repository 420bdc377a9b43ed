"""Distribution groups over a bare socket: nobody without the permission changes one, and nobody is smuggled into one."""

import pytest

from tests.attack.evidence import Evidence
from tests.attack.wire import Wire, name_of, sign_in
from tests.browser.server import Server

SENT = 3  # the demo firm's update that has been sent
FORMS = [{"name": "Stolen", "rule-0": "on"}, {"name": ["Stolen"]}, {"rule-99": "on", "name": "Stolen"}, {"rule-x": 1}, None, "Stolen"]  # fmt: skip
SETTINGS, EDITOR = "groups___state____groups", "group_editor"


def person_id(evidence: Evidence, name: str) -> int:
    return int(evidence.all("SELECT id FROM person WHERE email = :email", email=f"{name}@example.com")[0])


@pytest.mark.parametrize("name", ["manager", "investigator", "client"])
def test_who_does_not_manage_settings_changes_no_group(server: Server, evidence: Evidence, name: str) -> None:
    before = evidence.dump()
    with Wire(server.url, cookie=sign_in(server.url, name), at="/settings/distribution-groups") as wire:
        wire.hydrate()
        for handler in ("watch", "remove"):
            wire.say(name_of(f"{SETTINGS}.{handler}"))
        wire.say(name_of(f"{SETTINGS}.ask_remove"), group_id=1)
        wire.say(name_of(f"{EDITOR}.open_edit"), group_id=1)
        wire.say(name_of(f"{EDITOR}.find"), text="")
        wire.say(name_of(f"{EDITOR}.toggle"), person_id=1)
        for form in FORMS:
            wire.say(name_of(f"{EDITOR}.save"), form=form)
        heard = wire.finish()
    assert "Usual recipients" not in heard
    assert "Outsider O." not in heard
    assert evidence.dump() == before


@pytest.mark.parametrize("name", ["investigator", "client"])
def test_who_may_not_send_keeps_nobody_as_a_group(server: Server, evidence: Evidence, name: str) -> None:
    before = evidence.dump(but_own=name)
    with Wire(server.url, cookie=sign_in(server.url, name)) as wire:
        wire.hydrate()
        wire.say(name_of("send_dialog.open"), update_id=SENT)
        wire.say(name_of("send_dialog.toggle_groups"))
        wire.say(name_of("send_dialog.save_group"), form={"group_name": "Stolen"})
        assert "Usual recipients" not in wire.finish()
    assert evidence.dump(but_own=name) == before


def test_a_sender_smuggles_nobody_into_a_group(server: Server, evidence: Evidence) -> None:
    outsider, client, blocked = (person_id(evidence, each) for each in ("outsider", "client", "accounts"))
    with Wire(server.url, cookie=sign_in(server.url, "manager")) as wire:
        wire.hydrate()
        wire.say(name_of("send_dialog.open"), update_id=SENT)
        for person in (outsider, client, blocked, 0, -1, 2**31 - 1, str(outsider), [outsider], {"id": outsider}):
            wire.say(name_of("send_dialog.toggle"), person_id=person)
        for group in (0, -1, 404, 2**31, "x", None, [1], True):
            wire.say(name_of("send_dialog.toggle_group"), group_id=group)
        wire.say(name_of("send_dialog.save_group"), form={"group_name": "Smuggled", "chosen": [outsider]})
        wire.finish()
    query = "SELECT person_id FROM distribution_group_member JOIN distribution_group ON id = group_id WHERE name = 'Smuggled'"
    assert evidence.all(query) == [str(client)]


def test_an_administrator_who_sends_nonsense_makes_no_group(server: Server, evidence: Evidence) -> None:
    before = evidence.dump()
    with Wire(server.url, cookie=sign_in(server.url, "administrator"), at="/settings/distribution-groups") as wire:
        wire.hydrate()
        wire.say(name_of(f"{EDITOR}.open_new"))
        wire.say(name_of(f"{EDITOR}.toggle"), person_id=10**6)
        for form in [{"name": "x" * 81, "rule-0": "on"}, {"name": "Nobody"}, *FORMS[1:]]:
            wire.say(name_of(f"{EDITOR}.save"), form=form)
        wire.finish()
    assert evidence.dump() == before
