"""What the gate answers to an address, over the wire: the same whether it may open the link or not."""

import json

from tests.attack.doors import Door, visitor
from tests.attack.evidence import Evidence
from tests.attack.test_links import guarded
from tests.attack.wire import Wire, name_of
from tests.browser.server import Server

assert guarded  # the fixture
LISTED, UNLISTED = "paralegal@example.com", "parallel1@example.com"  # as long as each other


def test_a_listed_and_an_unlisted_address_are_answered_alike(server: Server, evidence: Evidence, guarded: Door) -> None:
    asked = {address: _answers(server, guarded, address) for address in (LISTED, UNLISTED)}
    assert asked[LISTED]
    assert asked[LISTED] == asked[UNLISTED]
    assert len(evidence.all("SELECT id FROM local_mail WHERE recipient = :to", to=UNLISTED)) == 0


def _answers(server: Server, door: Door, address: str) -> list[str]:
    """Every frame from asking to a wrong code, with the address and what names the connection taken out."""
    with Wire(server.url, cookie=visitor(server, door), at=door.path) as wire:
        wire.hydrate()
        before = len(wire.frames)
        wire.say(name_of("gate.ask"), form={"address": address})
        wire.listen(1)
        wire.say(name_of("gate.confirm"), form={"code": "0000 0000"})
        wire.listen(1)
        wire.say(name_of("gate.ask_once_more"))
        wire.listen(1)
        return [_without_who(frame, address) for frame in wire.frames[before:]]


def _without_who(frame: str, address: str) -> str:
    kind, found, message = frame.partition("[")
    if not found:
        return frame
    name, update = json.loads(found + message)
    update = json.loads(update) if isinstance(update, str) else update
    update["delta"].pop("reflex___state____state", None)  # the tab's own address, cookie and socket
    return f"{kind}{name}{json.dumps(update, sort_keys=True)}".replace(address, "somebody")
