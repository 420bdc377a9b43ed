"""Every way a link dies: its page, its files and its codes at once; and which of them it comes back from."""

import pytest

from caseupdates.links import gate as gates
from caseupdates.links.access import LinkEnded, LinkExpired, LinkLocked, LinkRevoked, link_id, link_of, open_link
from caseupdates.refusals import NotFound
from tests.links.deaths import DEATHS, archive, expire, is_dead_everywhere, lock, revoke


@pytest.mark.parametrize("death", DEATHS, ids=lambda each: each.by.__name__)
def test_a_dead_link_is_dead_for_page_files_and_codes_even_in_an_open_window(gate, death):
    gate.enter()
    assert gate.grant().visit_id
    gate.do(death.by, gate)
    assert is_dead_everywhere(gate, death.refusal)
    refusal = gate.before().refusal
    assert (refusal.status, str(refusal)) == (death.status, death.says)


@pytest.mark.parametrize("death", DEATHS, ids=lambda each: each.by.__name__)
def test_a_dead_link_does_not_open_at_a_press_either(unguarded, death):
    unguarded.do(death.by, unguarded)
    with pytest.raises(death.refusal):
        unguarded.do(gates.open_without_code, unguarded.token, unguarded.phone)


@pytest.mark.parametrize("death", DEATHS, ids=lambda each: each.by.__name__)
def test_only_an_expired_link_can_be_asked_for_again(gate, death):
    gate.do(death.by, gate)
    assert gate.before().can_ask_again is (death.by is expire)


def test_a_link_works_until_its_last_moment(gate, clock):
    clock.forward(days=6, hours=23, minutes=59, seconds=59, milliseconds=999)
    assert gate.enter()
    assert gate.grant()
    clock.forward(milliseconds=1)
    assert is_dead_everywhere(gate, LinkExpired)


def test_of_several_deaths_the_gravest_is_said(gate):
    for kill, refusal in [(expire, LinkExpired), (archive, LinkEnded), (lock, LinkLocked), (revoke, LinkRevoked)]:
        gate.do(kill, gate)
        assert type(gate.before().refusal) is refusal


@pytest.mark.parametrize("token", ["", "0" * 64, "x", "é", "\x00", "../etc"])
@pytest.mark.parametrize("verb", [open_link, link_of, link_id])
def test_a_token_that_never_was_is_not_found(gate, token, verb):
    with pytest.raises(NotFound):
        gate.do(verb, token)


def test_neither_the_hash_nor_the_seal_is_a_token(gate):
    for stored in (gate.link.token_hash, gate.link.seal, gate.token.upper()):
        with pytest.raises(NotFound):
            gate.do(link_of, stored)


def test_a_dead_link_is_still_known_to_its_page(gate):
    gate.do(expire, gate)
    assert gate.before().link.sender.name == "Manager G."
