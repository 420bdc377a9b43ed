"""An address that may not open the link: the same answer, the same rows, never a mail."""

import itertools

import pytest

from caseupdates import seals
from caseupdates.delivery.models import Lane, Message
from caseupdates.links.codes import CodeExpired, WrongCode
from caseupdates.links.gate import Stage
from caseupdates.links.models import Step
from caseupdates.people.models import EmailAlias
from caseupdates.settings import settings
from tests.delivery.post import letters_due
from tests.links.dump import added, counts
from tests.links.story import PARTNER, STRANGER

OTHERS = [STRANGER, "client@example.com", "outsider@example.com", "manager@example.com"]


def code_to(gate, address):
    """The newest message with a code to an address, whether it leaves or not."""
    return [each for each in gate.rows(Message) if each.lane is Lane.CODE and each.recipient == address][-1]


@pytest.mark.parametrize("address", OTHERS)
def test_any_other_address_is_told_what_the_right_one_is_told(gate, address):
    assert gate.ask(PARTNER, gate.phone) is True
    assert gate.ask(address, gate.laptop) is False
    assert gate.before(gate.phone).stage is gate.before(gate.laptop).stage is Stage.CODE


@pytest.mark.parametrize("address", OTHERS)
def test_any_other_address_gets_no_mail_ever(gate, session, clock, address):
    gate.ask(address)
    message = code_to(gate, address)
    assert (message.due_at, message.cancelled_at) == (None, clock())
    claimed = []
    for _ in range(3):
        clock.forward(days=1)
        claimed += letters_due(session, lanes=[Lane.CODE])
    assert address not in {each.recipient for each in claimed}


def test_the_same_rows_are_written_for_either(gate, session, clock):
    rows = [counts(session)]
    for address, visitor in [(PARTNER, gate.phone), (STRANGER, gate.laptop), (STRANGER, gate.laptop)]:
        clock.forward(seconds=30)
        gate.ask(address, visitor)
        rows.append(counts(session))
    listed, unlisted, again = (added(*pair) for pair in itertools.pairwise(rows))
    assert listed == {"challenge": 1, "message": 1, "payload": 1, "rate_limit": 2, "link_event": 2}
    assert unlisted == {
        "challenge": 1,
        "message": 1,
        "payload": 1,
        "rate_limit": 2,
        "link_event": 1,
    }  # opened is noted once
    assert again == {"challenge": 1, "message": 1, "payload": 1, "link_event": 1}


def test_the_first_to_ask_leaves_two_events_whoever_it_is(gate):
    gate.ask(STRANGER)
    assert gate.steps == [Step.OPENED, Step.DENIED]


def test_the_two_rows_look_alike_but_for_what_makes_them_dead(gate):
    gate.ask(PARTNER, gate.phone)
    gate.ask(STRANGER, gate.laptop)
    real, other = gate.challenges
    assert (real.is_real, other.is_real) == (True, False)
    assert (real.asked_at, real.expires_at, real.tries) == (other.asked_at, other.expires_at, other.tries)
    listed, unlisted = code_to(gate, PARTNER), code_to(gate, STRANGER)
    assert (listed.useless_after, listed.attempts) == (unlisted.useless_after, unlisted.attempts)
    assert abs(len(listed.payload) - len(unlisted.payload)) == len(STRANGER) - len(PARTNER)


def test_even_the_code_of_that_mail_opens_nothing(gate):
    gate.ask(STRANGER)
    code = seals.code(settings().secret_key, gate.challenges[-1].seal)
    assert isinstance(gate.confirm(code), WrongCode)
    assert not gate.is_open()


def test_tries_are_counted_down_for_either(gate):
    gate.ask(PARTNER, gate.phone)
    gate.ask(STRANGER, gate.laptop)
    for left in (4, 3, 2, 1, 0):
        answers = {str(gate.confirm("", each)) for each in (gate.phone, gate.laptop)}
        assert answers == {str(WrongCode(left))}
    assert all(isinstance(gate.confirm("", each), CodeExpired) for each in (gate.phone, gate.laptop))


def test_an_alias_of_somebody_else_is_a_strangers_address(gate, session):
    session.add(EmailAlias(person_id=gate.firm.client.id, address="c.c@example.net"))
    assert gate.ask("c.c@example.net") is False


def test_a_strangers_asking_leaves_the_recipients_code_alone(gate):
    code = gate.asked(by=gate.phone)
    gate.ask(STRANGER, gate.laptop)
    assert gate.confirm(code, gate.phone).link_id == gate.link.id
