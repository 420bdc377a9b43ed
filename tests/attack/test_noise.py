"""What no page of ours would ever send: the server goes on, and keeps none of it in its log."""

import pytest

from tests.attack.evidence import Evidence
from tests.attack.wire import PASSWORD, Wire, name_of, sign_in
from tests.browser.server import Server

MARK = "Zanzibar"  # nobody says this but these attacks


@pytest.mark.parametrize("name", ["", "investigator"])
def test_frames_that_make_no_sense_stop_nobody(server: Server, evidence: Evidence, name: str) -> None:
    cookie = sign_in(server.url, name) if name else ""
    before = evidence.dump()
    for frame in (
        ["event", MARK], ["event", f'{{"name": "{MARK}"}}'], ["event", [MARK]], ["event", {"name": [MARK]}], ["event", {"name": MARK}], ["event"],
        ["event", {"name": "reflex___state____state.hydrate", "payload": MARK}], ["event", {"name": name_of("feed.validate"), "payload": {MARK: MARK}}],
        ["event", {"name": name_of("feed.validate"), "payload": {"self": 1}, "router_data": {"headers": {"cookie": MARK}}}],
        ["event", {"name": name_of("case_list.find"), "payload": {"text": MARK}, "router_data": {"pathname": f"/{MARK}" * 9999}}],
        ["event", {"name": name_of("feed.watch").replace(".watch", "._look")}], ["event", {"name": name_of("feed.watch").replace(".watch", ".__init__")}],
        ["client_error", {"error_type": MARK, "message": f"{MARK}\n" * 500}], ["client_error", MARK], [MARK], ["ping", MARK], ["connect", MARK], ["disconnect"],
    ):  # fmt: skip
        with Wire(server.url, cookie=cookie) as wire:
            wire.emit(*frame)
            wire.is_cut_off_or_quiet()
    with Wire(server.url) as next_one:
        assert "is_hydrated" in next_one.hydrate()
    assert evidence.dump() == before


def test_a_browser_cannot_write_into_the_log(server: Server) -> None:
    """Nor what it typed, nor the name of its tab, nor its session."""
    cookie = sign_in(server.url, "manager")
    with Wire(server.url, cookie=cookie) as wire:
        wire.hydrate()
        wire.say(name_of("handle_frontend_exception"), info=f"{MARK}\nforged line", component_stack="")
        wire.say(name_of("on_load_internal_state.set_is_hydrated"), value=MARK)
        wire.say("reflex___state____state.setvar", var_name=MARK, value=MARK)
        wire.say(name_of("feed.validate"), update_id=MARK, unknown=MARK)
        wire.say(name_of("update_vars_internal"), vars={MARK: MARK})
        wire.emit(
            "event", {"name": MARK}
        )  # as a tab left open over an upgrade does: Reflex logs the event, cookie and all
        wire.emit("event", MARK)
        wire.say(name_of("case_page.watch"))
        wire.listen()
    with Wire(server.url, token=wire.token) as other:
        other.finish()
    said = server.log.partition("Serving on")[2]  # before it the demo's addresses and password are printed
    for kept in (MARK, wire.token, cookie.partition("=")[2], PASSWORD, "@example.com", "Night two", "2026-0142"):
        assert kept not in said
