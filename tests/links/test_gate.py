"""What stands before a visitor: no name of a file too early, and no trace of having looked."""

import pytest

from caseupdates.links import gate as gates
from caseupdates.links import serving
from caseupdates.links.access import link_of
from caseupdates.links.gate import Stage
from caseupdates.links.rows import closed_file, open_file
from caseupdates.links.serving import NotOpen
from caseupdates.people import sessions
from caseupdates.refusals import NotFound
from tests.links.dump import dump
from tests.links.story import PLATE, REPORT


def test_a_visitor_comes_from_the_address_over_the_code_to_the_files(gate):
    assert gate.before().stage is Stage.ADDRESS
    gate.asked()
    assert gate.before().stage is Stage.CODE
    gate.confirm(gate.code_mailed())
    assert gate.before().stage is Stage.FILES


def test_without_verification_one_press_stands_before_the_files(unguarded):
    assert unguarded.before().stage is Stage.OPEN
    unguarded.do(gates.open_without_code, unguarded.token, unguarded.phone)
    assert unguarded.before().stage is Stage.FILES


def test_a_reloaded_page_asks_for_the_code_until_it_is_dead(gate, clock):
    gate.asked()
    clock.forward(minutes=9, seconds=59, milliseconds=999)
    assert gate.before().stage is Stage.CODE
    clock.forward(milliseconds=1)
    assert gate.before().stage is Stage.ADDRESS


def test_a_page_without_tries_left_asks_for_the_address_again(gate):
    gate.asked()
    for _ in range(5):
        assert gate.before().stage is Stage.CODE
        gate.confirm("")
    assert gate.before().stage is Stage.ADDRESS


def test_another_browser_is_not_asked_for_a_code_it_never_asked_for(gate):
    gate.asked(by=gate.phone)
    assert gate.before(gate.laptop).stage is Stage.ADDRESS


def test_firm_sender_and_last_day_are_known_to_everybody(gate, clock):
    found = gate.before()
    assert (found.link.sender.name, found.firm.name) == ("Manager G.", gate.before(gate.laptop).firm.name)
    assert (found.link.expires_at - clock()).days == 7


@pytest.mark.parametrize("asks", [False, True])
def test_before_verification_files_have_a_kind_and_a_size_but_no_name_and_no_address(gate, asks):
    if asks:
        gate.asked()
    shown = [closed_file(each) for each in gate.before().files]
    assert [(each.kind, each.size) for each in shown] == [("PDF document", "1.0 kB"), ("Picture", "1.0 kB")]
    assert {(each.id, each.name, each.url, each.shape) for each in shown} == {(0, "", "", "")}


def test_after_it_they_have_both(gate):
    gate.enter()
    shown = [open_file(each, gate.token) for each in gate.before().files]
    assert [each.name for each in shown] == [REPORT, PLATE]
    [first, second] = gate.files
    assert [each.url for each in shown] == [
        f"/l/{gate.token}/files/{first.id}/Interim%20report.pdf",
        f"/l/{gate.token}/files/{second.id}/plate.jpg",
    ]


def test_a_made_up_link_has_nothing_before_it(gate):
    gate.token = "0" * 64
    with pytest.raises(NotFound):
        gate.before()


def look(session, gate, visitor, session_token):
    gates.before(session, gate.token, visitor, session_token=session_token)
    link_of(session, gate.token)
    try:
        serving.grant(session, gate.token, gate.files[0].id, visitor, session_token=session_token)
    except NotOpen:
        return False
    return True


@pytest.mark.parametrize("who", ["nobody", "asked", "inside", "signed in"])
def test_looking_a_hundred_times_changes_nothing(gate, session, clock, who):
    """As mail scanners, previews and crawlers do: no GET counts as opened, and none costs anything."""
    visitor, session_token = gate.phone, ""
    if who == "asked":
        gate.asked()
    if who == "inside":
        gate.enter()
    if who == "signed in":
        session_token = sessions.start(session, gate.firm.client)
    before = dump(session)
    for _ in range(100):
        seen = look(session, gate, visitor, session_token)
        clock.forward(milliseconds=10)
    assert seen is (who in {"inside", "signed in"})
    assert not session.new
    assert not session.dirty
    assert dump(session) == before


def test_looking_at_a_dead_link_changes_nothing_either(gate, session, clock):
    clock.forward(days=7)
    before = dump(session)
    for _ in range(100):
        assert gate.before().stage is Stage.DEAD
    assert dump(session) == before
