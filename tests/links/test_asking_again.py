"""An expired link: its recipient asks for a new one, once an hour."""

import pytest

from caseupdates.links import renewing
from caseupdates.links.models import Link, Step
from caseupdates.refusals import NotFound, TooMany


def ask_again(gate):
    return gate.do(renewing.ask_again, gate.token, gate.phone)


def test_an_expired_link_can_be_asked_for_again(gate, clock):
    clock.forward(days=7)
    assert ask_again(gate).id == gate.link.id
    assert gate.steps == [Step.ASKED_AGAIN]


def test_a_link_that_runs_cannot_be_asked_for_again(gate, clock):
    clock.forward(days=6, hours=23, minutes=59, seconds=59, milliseconds=999)
    with pytest.raises(NotFound):
        ask_again(gate)
    assert gate.steps == []


@pytest.mark.parametrize("fact", ["revoked_at", "locked_at"])
def test_a_link_that_was_ended_cannot_be_asked_for_again(gate, session, clock, fact):
    setattr(session.get_one(Link, gate.link.id), fact, clock())
    clock.forward(days=7)
    with pytest.raises(NotFound):
        ask_again(gate)


def test_a_made_up_link_cannot_be_asked_for_again(gate):
    gate.token = "0" * 64
    with pytest.raises(NotFound):
        ask_again(gate)


def test_a_new_link_can_be_asked_for_once_an_hour(gate, clock):
    clock.forward(days=7)
    ask_again(gate)
    clock.forward(minutes=59, seconds=59)
    with pytest.raises(TooMany):
        ask_again(gate)
    clock.forward(seconds=1)
    ask_again(gate)
    with pytest.raises(TooMany):
        ask_again(gate)
    assert gate.steps == [Step.ASKED_AGAIN] * 2


def test_each_link_is_asked_for_on_its_own(gate, clock):
    tokens = [gate.token, gate.send(gate.firm.client)]
    clock.forward(days=7)
    for gate.token in tokens:
        ask_again(gate)
        assert gate.steps == [Step.ASKED_AGAIN]
