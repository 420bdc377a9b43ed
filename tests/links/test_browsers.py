"""A visit is one browser's: leaving it, copying its cookie, having no cookie."""

import pytest

from caseupdates import tokens
from caseupdates.links import gate as gates
from caseupdates.links import visits
from caseupdates.links.codes import CodeExpired
from caseupdates.links.models import Visit
from caseupdates.links.serving import NotOpen
from caseupdates.links.visitors import visitor
from caseupdates.refusals import NotFound, NotPermitted
from tests.links.story import Gate, browser


def test_leave_and_lock_ends_every_window_of_this_browser_at_once(gate):
    windows = [gate.enter(gate.phone), gate.enter(gate.phone)]
    other = gate.enter(gate.laptop)
    gate.do(gates.leave, gate.token, gate.phone)
    assert not any(gate.renew(each) for each in windows)
    assert (gate.is_open(gate.phone), gate.is_open(gate.laptop)) == (False, True)
    assert gate.renew(other)


def test_leaving_one_link_leaves_the_others_open(gate):
    gate.enter()
    first, gate.token = gate.token, gate.send(gate.firm.partner)
    gate.enter()
    gate.do(gates.leave, gate.token, gate.phone)
    assert not gate.is_open()
    gate.token = first
    assert gate.is_open()


def test_leaving_a_made_up_link_is_not_found(gate):
    with pytest.raises(NotFound):
        gate.do(gates.leave, "0" * 64, gate.phone)


def test_after_leaving_a_new_code_opens_again(gate):
    code = gate.asked()
    gate.confirm(code)
    gate.do(gates.leave, gate.token, gate.phone)
    assert isinstance(gate.confirm(code), CodeExpired)
    gate.enter()
    assert gate.is_open()


def test_a_copied_cookie_works_only_while_the_window_is_open(gate, clock):
    visit, copied = gate.enter(browser("phone's cookie")), browser("phone's cookie")
    assert gate.grant(by=copied).visit_id == visit.id
    gate.do(visits.window_closed, visit.id)
    clock.forward(seconds=38)
    with pytest.raises(NotOpen):
        gate.grant(by=copied)
    assert not gate.is_open(copied)


def test_of_a_cookie_only_its_hash_is_kept(gate):
    gate.enter()
    [visit] = gate.rows(Visit)
    assert visit.visitor_hash == tokens.digest("phone's cookie")


def a_code_without_cookies(gate: Gate) -> None:
    gate.confirm(gate.asked(by=visitor("")), visitor(""))


def no_code_without_cookies(gate: Gate) -> None:
    gate.do(gates.open_without_code, gate.token, visitor(""))


@pytest.mark.parametrize(("guarded", "enter"), [(True, a_code_without_cookies), (False, no_code_without_cookies)])
def test_a_browser_without_cookies_never_has_a_visit(sent, guarded, enter):
    gate = sent(needs_verification=guarded)
    with pytest.raises(NotPermitted):
        enter(gate)
    assert gate.rows(Visit) == []
    assert not gate.is_open(visitor(""))
    with pytest.raises(NotOpen):
        gate.grant(by=visitor(""))
