"""What the gate answers to an address, over the wire: the same whether it may open the link or not."""

import json
from typing import Any

import pytest

from tests.attack.doors import Door, visitor
from tests.attack.evidence import Evidence
from tests.attack.test_links import guarded
from tests.attack.wire import Wire, name_of
from tests.browser.server import Server

assert guarded  # the fixture
pytestmark = pytest.mark.usefixtures("told_later")
LISTED, UNLISTED = "paralegal@example.com", "parallel1@example.com"
STEPS = ((), ("gate.ask", {"form": {}}), ("gate.confirm", {"form": {"code": "0000 0000"}}), ("gate.ask_once_more", {}))


def test_a_listed_and_an_unlisted_address_are_answered_alike(server: Server, evidence: Evidence, guarded: Door) -> None:
    listed, unlisted = (_answers(server, guarded, address) for address in (LISTED, UNLISTED))
    assert listed[1]["stage"] == "code"
    assert "not right. You have 4 more tries" in listed[2]["problem"]
    assert "Too many tries" in listed[3]["problem"]
    assert listed == unlisted
    assert evidence.all("SELECT id FROM local_mail WHERE recipient = :to", to=UNLISTED) == []


def _answers(server: Server, door: Door, address: str) -> list[dict[str, Any]]:
    """All that the page shows after each step, with the address and the seconds to wait taken out."""
    shown, answers = {}, []
    with Wire(server.url, cookie=visitor(server, door), at=door.path) as wire:
        wire.hydrate()
        for step in STEPS:
            if step:
                name, payload = step
                wire.say(name_of(name), **({"form": {"address": address}} if name == "gate.ask" else payload))
            wire.listen(1)
            for frame in wire.frames:
                shown.update(_gate(frame))
            answers.append({name: _without_who(value, address) for name, value in shown.items()})
    return answers


def _gate(frame: str) -> dict[str, Any]:
    """What a frame says of the gate, by the names of its vars."""
    _, found, message = frame.partition("[")
    if not found or '"delta"' not in frame:
        return {}
    delta = json.loads(found + message)[1]["delta"]
    told = {
        name: value for state, value in delta.items() if state.endswith("____gate") for name, value in value.items()
    }
    return {name.removesuffix("_rx_state_"): value for name, value in told.items()}


def _without_who(value: Any, address: str) -> str:
    words = json.dumps(value).replace(address, "somebody")
    return "Too many tries." if "Too many tries" in words else words.strip('"')
