"""How often a code can be asked for: once in 30 seconds, and five times in any hour."""

from datetime import timedelta

import pytest

from caseupdates.refusals import TooMany
from tests.links.story import PARTNER, STRANGER, browser

SPELLINGS = ["PARTNER@EXAMPLE.COM", " partner@example.com ", "partner@ｅxample.com", "partner@example。com"]


def passes(gate, address=PARTNER, by=None):
    """Does a request for a code get past the doors?"""
    try:
        gate.ask(address, by)
    except TooMany:
        return False
    return True


def five(gate, clock, address=PARTNER):
    """Ask as often as one can from now on; done after two minutes."""
    for asked in range(5):
        clock.forward(seconds=30 if asked else 0)
        assert passes(gate, address)


@pytest.mark.parametrize("address", [PARTNER, STRANGER])
def test_a_second_code_can_be_had_after_30_seconds(gate, clock, address):
    assert passes(gate, address)
    clock.forward(seconds=29, milliseconds=999)
    assert not passes(gate, address)
    clock.forward(milliseconds=1)
    assert passes(gate, address)


def test_who_asks_too_early_learns_how_long_to_wait(gate, clock):
    gate.ask()
    with pytest.raises(TooMany, match=r"^Too many tries\. Wait \d\d seconds, then try again\.$") as refused:
        gate.ask()
    assert refused.value.status == 429
    clock.forward(seconds=refused.value.seconds)
    assert passes(gate)


def test_who_asks_too_early_keeps_the_code_they_have(gate):
    gate.ask()
    assert not passes(gate)
    assert gate.confirm(gate.code_mailed()).link_id == gate.link.id
    assert len(gate.code_mails()) == 1


@pytest.mark.parametrize("address", [PARTNER, STRANGER])
def test_the_sixth_comes_an_hour_after_the_first(gate, clock, address):
    begun = clock()
    five(gate, clock, address)
    clock.forward(seconds=30)
    assert not passes(gate, address)
    clock.moment = begun + timedelta(minutes=59, seconds=59, milliseconds=999)
    assert not passes(gate, address)
    clock.forward(milliseconds=1)
    assert passes(gate, address)
    clock.forward(seconds=29)
    assert not passes(gate, address)


def test_no_hour_holds_more_than_five(gate, clock):
    passed = []
    for _ in range(240):
        passed += [clock()] if passes(gate) else []
        clock.forward(seconds=30)
    assert all(later - earlier >= timedelta(hours=1) for earlier, later in zip(passed, passed[5:], strict=False))
    assert len(passed) == 10


def test_after_a_quiet_hour_there_are_five_again(gate, clock):
    five(gate, clock)
    clock.forward(hours=1)
    five(gate, clock)
    clock.forward(seconds=30)
    assert not passes(gate)


def test_refused_requests_cost_nothing(gate, clock):
    gate.ask()
    for _ in range(20):
        assert not passes(gate)
    for _ in range(4):
        clock.forward(seconds=30)
        assert passes(gate)


def test_each_address_has_tries_of_its_own(gate):
    assert passes(gate, PARTNER)
    assert passes(gate, STRANGER)
    assert not passes(gate, PARTNER)


def test_each_link_has_tries_of_its_own(gate):
    assert passes(gate)
    gate.token = gate.send(gate.firm.partner)
    assert passes(gate)


def test_another_browser_has_none_of_its_own(gate):
    assert passes(gate, by=gate.phone)
    assert not passes(gate, by=gate.laptop)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_of_an_address_has_none_of_its_own(gate, spelling):
    assert passes(gate, PARTNER)
    assert not passes(gate, spelling)


def test_sixty_codes_an_hour_leave_for_one_network_whatever_is_typed(gate):
    assert all(passes(gate, f"a{number}@example.com") for number in range(60))
    assert not passes(gate, "a60@example.com")
    assert passes(gate, "a60@example.com", browser("somebody on another network"))
