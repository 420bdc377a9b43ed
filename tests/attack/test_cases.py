"""Cases and assignments over a bare socket, with everything a page of ours would send: the rights decide, not the page."""

import httpx
import pytest

from tests.attack.evidence import Evidence
from tests.attack.wire import Wire, name_of, sign_in
from tests.browser.server import Server

FORM = {"number": "2026-0999", "title": "Forged", "case-type": "Audit", "client": "1", "new-client": "Forged Ltd"}
PERSON = "SELECT id FROM person WHERE email = :email"


def said(evidence: Evidence) -> list[tuple[str, dict[str, object]]]:
    """Every act of the dialogs and the tab, in the order in which a page would ask for them."""
    colleague = int(evidence.all(PERSON, email="colleague@example.com")[0])
    on_case = [int(each) for each in evidence.all("SELECT id FROM assignment WHERE ended_at IS NULL")]
    acts: list[tuple[str, dict[str, object]]] = [
        ("case_dialog.open_new", {}), ("case_dialog.save", {"form": FORM}), ("case_dialog.open_edit", {}),
        ("case_dialog.save", {"form": {**FORM, "client": "new"}}), ("case_dialog.ask_close", {}), ("case_dialog.close_case", {}),
        ("case_dialog.reopen", {}), ("assign_dialog.open", {}), ("assign_dialog.find", {"text": "colleague"}),
        ("assign_dialog.toggle", {"person_id": colleague}), ("assign_dialog.choose_group", {"person_id": colleague, "group": "Investigator"}),
        ("assign_dialog.toggle_primary", {"person_id": colleague}), ("assign_dialog.assign", {}),
    ]  # fmt: skip
    for each in on_case:
        acts += [
            ("____assigned.move", {"assignment_id": each, "group": "Salesperson"}),
            ("____assigned.make_primary", {"assignment_id": each}),
            ("____assigned.ask_remove", {"assignment_id": each}), ("____assigned.remove", {}),
        ]  # fmt: skip
    return acts


@pytest.mark.parametrize("name", ["nobody", "client", "outsider", "colleague", "investigator"])
def test_who_may_not_assign_opens_changes_closes_and_assigns_nothing(
    server: Server, evidence: Evidence, name: str
) -> None:
    cookie = "" if name == "nobody" else sign_in(server.url, name)
    own = name if cookie else ""
    before = evidence.dump(but_own=own)
    with Wire(server.url, cookie=cookie) as wire:
        wire.hydrate()
        wire.frames.clear()
        for handler, payload in said(evidence):
            wire.say(name_of(handler), **payload)
        heard = wire.finish()
    assert evidence.dump(but_own=own) == before
    assert "Colleague S." not in heard or name == "colleague"  # nobody is offered to them
    assert ("You may not do this" if cookie else "/sign-in?next=") in heard


def test_a_contact_with_a_role_that_may_assign_still_may_not(server: Server, evidence: Evidence) -> None:
    role = "(SELECT role_id FROM person WHERE email = 'client@example.com')"
    evidence.change(f"INSERT INTO role_permission (role_id, permission) VALUES ({role}, 'assign users')")
    before = evidence.dump(but_own="client")
    with Wire(server.url, cookie=sign_in(server.url, "client")) as wire:
        wire.hydrate()
        wire.frames.clear()
        for handler, payload in said(evidence):
            wire.say(name_of(handler), **payload)
        heard = wire.finish()
    after = evidence.dump(but_own="client")
    evidence.change(f"DELETE FROM role_permission WHERE role_id = {role} AND permission = 'assign users'")
    assert after == before
    assert not any(each in heard for each in ("Colleague S.", "Investigator S.", "colleague@example.com"))


def test_another_clients_contact_cannot_be_slipped_past_the_dialog(server: Server, evidence: Evidence) -> None:
    outsider = int(evidence.all(PERSON, email="outsider@example.com")[0])
    before = evidence.dump(but_own="manager")
    with Wire(server.url, cookie=sign_in(server.url, "manager")) as wire:
        wire.hydrate()
        wire.say(name_of("assign_dialog.open"))
        wire.say(name_of("assign_dialog.choose_group"), person_id=outsider, group="Client Contact")
        wire.say(name_of("assign_dialog.assign"))
        heard = wire.finish()
    assert "Somebody you chose cannot be assigned to this case" in heard
    assert "Outsider O." not in heard
    assert evidence.dump(but_own="manager") == before


def test_looking_over_the_socket_is_noted_once_for_oneself_and_a_get_notes_nothing(
    server: Server, evidence: Evidence
) -> None:
    evidence.change("DELETE FROM case_view")
    cookie = sign_in(server.url, "client")
    httpx.get(f"{server.url}/cases/2026-0142", headers={"cookie": cookie})
    assert evidence.all("SELECT person_id FROM case_view") == []
    for _ in range(2):
        with Wire(server.url, cookie=cookie) as wire:
            wire.hydrate()
            wire.finish()
    assert evidence.all("SELECT person_id FROM case_view") == evidence.all(PERSON, email="client@example.com")
    with Wire(server.url, cookie=sign_in(server.url, "outsider")) as wire:
        wire.hydrate()
        wire.finish()
    assert len(evidence.all("SELECT person_id FROM case_view")) == 1
