"""Wrong codes: five tries each, and a hundred in the life of a link."""

import pytest

from caseupdates.links import telling
from caseupdates.links.access import LinkLocked
from caseupdates.links.codes import CodeExpired, WrongCode
from caseupdates.links.models import Link, Step, Visit
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Kind
from tests.links.story import other_than


def wrong(gate, times, by=None):
    """Type wrong codes, asking for a new one whenever the tries are used up; the last answer."""
    answer = None
    for number in range(times):
        if number % 5 == 0:
            code = gate.asked(by=by)
        answer = gate.confirm(other_than(code), by)
    return answer


def nearly_locked(gate):
    """A link at which 99 wrong codes have been typed."""
    gate.do(lambda session: setattr(session.get_one(Link, gate.link.id), "wrong_tries", 99))


def told(gate):
    return [each for each in gate.rows(Notification) if each.kind is Kind.LINK_TROUBLE]


def test_the_fifth_try_may_still_be_right(gate):
    code = gate.asked()
    for _ in range(4):
        gate.confirm(other_than(code))
    assert isinstance(gate.confirm(code), Visit)


def test_after_five_wrong_tries_the_right_code_is_dead(gate):
    code = gate.asked()
    for _ in range(5):
        assert isinstance(gate.confirm(other_than(code)), WrongCode)
    assert isinstance(gate.confirm(code), CodeExpired)
    assert not gate.is_open()


def test_each_wrong_try_says_how_many_are_left(gate):
    code = gate.asked()
    assert [str(gate.confirm(other_than(code))) for _ in range(5)] == [
        "This code is not right. You have 4 more tries.",
        "This code is not right. You have 3 more tries.",
        "This code is not right. You have 2 more tries.",
        "This code is not right. You have 1 more try.",
        "This code is not right, and there are no tries left. Ask for a new code.",
    ]


def test_a_new_code_has_five_tries_again(gate):
    wrong(gate, 5)
    assert str(wrong(gate, 1)).endswith("You have 4 more tries.")


def test_99_wrong_tries_do_not_lock_a_link(gate):
    assert isinstance(wrong(gate, 99), WrongCode)
    assert gate.link.wrong_tries == 99
    assert gate.enter()


def test_the_hundredth_wrong_try_locks_the_link(gate, clock):
    refusal = wrong(gate, 100)
    assert isinstance(refusal, LinkLocked)
    assert refusal.status == 429
    assert str(refusal) == "This link is locked: a wrong code was typed too many times. The sender has been told."
    assert gate.link.locked_at == clock()
    assert gate.steps.count(Step.WRONG_CODE) == 100
    assert gate.steps.count(Step.LOCKED) == 1


@pytest.mark.parametrize("act", ["ask", "asked", "confirm", "grant"])
def test_on_a_locked_link_nothing_works_any_more(gate, act):
    visit = gate.enter(by=gate.laptop)
    nearly_locked(gate)
    wrong(gate, 1)
    with pytest.raises(LinkLocked):
        getattr(gate, act)(**({"typed": "12345678"} if act == "confirm" else {"by": gate.laptop}))
    assert gate.renew(visit)  # the window may stay; there is nothing in it
    assert not gate.is_open(gate.laptop)


def test_right_codes_do_not_make_wrong_ones_undone(gate):
    wrong(gate, 4)
    gate.enter()
    assert gate.link.wrong_tries == 4


def test_tries_of_every_browser_count_together(gate):
    nearly_locked(gate)
    gate.asked(by=gate.phone)
    assert isinstance(wrong(gate, 1, gate.laptop), LinkLocked)


def test_a_code_that_is_dead_costs_no_try_of_the_link(gate, clock):
    code = gate.asked()
    clock.forward(minutes=10)
    for _ in range(100):
        assert isinstance(gate.confirm(code), CodeExpired)
    assert gate.link.wrong_tries == 0


def test_the_sender_is_told_of_a_locked_link_once(gate, clock):
    nearly_locked(gate)
    wrong(gate, 1)
    for _ in range(5):
        gate.do(telling.tell, gate.token, Step.LOCKED)
        clock.forward(minutes=31)
    [notice] = told(gate)
    assert (notice.person_id, notice.title) == (gate.firm.manager.id, "Partner C.’s link is locked")


def test_of_a_link_that_was_not_locked_nobody_is_told_that_it_was(gate):
    gate.do(telling.tell, gate.token, Step.LOCKED)
    assert told(gate) == []
