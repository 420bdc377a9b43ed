"""What the sender is told of a link: once an hour of each kind, and nothing that did not happen."""

import pytest

from caseupdates.delivery.models import Message
from caseupdates.links import gate as gates
from caseupdates.links import renewing, telling
from caseupdates.links.models import Step
from caseupdates.notifications.models import Notification
from caseupdates.people import preferences
from caseupdates.people.models import Kind
from tests.links.story import STRANGER, other_than
from tests.together import together

KINDS = {Kind.LINK_OPENED, Kind.LINK_TROUBLE}


def tell(gate, step):
    gate.do(telling.tell, gate.token, step)


def told(gate):
    """The titles of what the sender was told, oldest first."""
    return [each.title for each in gate.rows(Notification) if each.kind in KINDS]


def denied(gate, address=STRANGER):
    gate.ask(address)
    tell(gate, Step.DENIED)


def pressed(gate):
    gate.do(gates.open_without_code, gate.token, gate.phone)
    tell(gate, Step.OPENED)


def entered(gate):
    gate.enter()
    tell(gate, Step.VERIFIED)


@pytest.mark.parametrize(
    ("act", "guarded", "kind", "title"),
    [
        (denied, True, Kind.LINK_TROUBLE, "Somebody could not open Partner C.’s link"),
        (entered, True, Kind.LINK_OPENED, "Partner C. opened your link"),
        (pressed, False, Kind.LINK_OPENED, "Partner C. opened your link"),
    ],
)
def test_the_sender_is_told_with_the_way_to_the_update(sent, act, guarded, kind, title):
    gate = sent(needs_verification=guarded)
    act(gate)
    [notice] = [each for each in gate.rows(Notification) if each.kind in KINDS]
    assert (notice.person_id, notice.kind, notice.title) == (gate.firm.manager.id, kind, title)
    assert notice.path == f"/cases/2026-0142/updates/{gate.update_id}?show=recipients"
    assert "“Night two”" in notice.summary


def test_within_the_hour_the_sender_is_told_once(gate, clock):
    entered(gate)
    clock.forward(minutes=59, seconds=59)
    entered(gate)
    assert len(told(gate)) == 1


def test_after_an_hour_the_sender_is_told_again(gate, clock):
    entered(gate)
    clock.forward(hours=1)
    entered(gate)
    assert len(told(gate)) == 2


def test_a_flood_of_strangers_is_one_notification_an_hour(gate, clock):
    for number in range(59):
        denied(gate, f"a{number}@example.net")
        clock.forward(minutes=1, seconds=1)
    assert len(told(gate)) == 1
    clock.forward(minutes=2)
    denied(gate, "a60@example.net")
    assert len(told(gate)) == 2


def test_kinds_and_links_are_told_apart(gate):
    denied(gate)
    entered(gate)
    gate.token = gate.send(gate.firm.client)
    denied(gate)
    assert told(gate) == [
        "Somebody could not open Partner C.’s link",
        "Partner C. opened your link",
        "Somebody could not open Client C.’s link",
    ]


def test_two_strangers_in_the_same_second_are_told_of_once(gate):
    for address in ("a@example.net", "b@example.net"):
        gate.ask(address)
    for _ in range(2):
        tell(gate, Step.DENIED)
    assert told(gate) == ["Somebody could not open Partner C.’s link"]


def test_a_double_click_is_told_of_once(unguarded):
    for _ in range(2):
        unguarded.do(gates.open_without_code, unguarded.token, unguarded.phone)
    for _ in range(2):
        tell(unguarded, Step.OPENED)
    assert told(unguarded) == ["Partner C. opened your link"]


def test_a_stranger_is_told_of_although_the_recipient_mistyped_a_code_before(gate):
    gate.confirm(other_than(gate.asked()))
    denied(gate)
    assert told(gate) == ["Somebody could not open Partner C.’s link"]


def test_tellings_at_the_same_moment_are_one(lasting):
    lasting.ask(STRANGER)
    assert together(*[lambda: tell(lasting, Step.DENIED)] * 5) == [None] * 5
    assert len(told(lasting)) == 1


@pytest.mark.parametrize("step", [Step.OPENED, Step.VERIFIED, Step.DENIED, Step.LOCKED, Step.ASKED_AGAIN])
def test_of_what_did_not_happen_nobody_is_told(gate, step):
    tell(gate, step)
    assert told(gate) == []


def test_the_sender_is_told_by_email_where_they_want_it(gate, session):
    before = len(gate.rows(Message))
    entered(gate)
    assert [each.recipient for each in gate.rows(Message)[before:]] == ["partner@example.com", "manager@example.com"]
    preferences.choose(session, Kind.LINK_TROUBLE, email=False, by=gate.firm.manager)
    before = len(gate.rows(Message))
    denied(gate)
    assert {each.recipient for each in gate.rows(Message)[before:]} == {STRANGER}


def test_who_asks_for_a_new_link_is_told_of(gate, clock):
    clock.forward(days=7)
    gate.do(renewing.ask_again, gate.token, gate.phone)
    tell(gate, Step.ASKED_AGAIN)
    assert told(gate) == ["Partner C. asks for a new link"]
