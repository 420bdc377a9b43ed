"""A verification code: what it looks like, how long it is good, and in whose hands."""

import re

import pytest

from caseupdates.links import codes
from caseupdates.links.codes import CodeExpired, WrongCode
from caseupdates.links.models import Step, Visit
from caseupdates.people.models import EmailAlias
from caseupdates.refusals import Invalid, NotFound
from tests.links.story import PARTNER, other_than


def opens(outcome):
    """Did a code open the files?"""
    assert isinstance(outcome, Visit | WrongCode | CodeExpired)
    return isinstance(outcome, Visit)


def test_a_code_is_eight_digits_read_as_two_times_four(gate):
    assert re.fullmatch(r"\d{4} \d{4}", gate.asked())


def test_a_code_works_until_its_tenth_minute(gate, clock):
    code = gate.asked()
    clock.forward(minutes=9, seconds=59, milliseconds=999)
    assert opens(gate.confirm(code))


def test_a_code_is_dead_at_ten_minutes(gate, clock):
    code = gate.asked()
    clock.forward(minutes=10)
    refusal = gate.confirm(code)
    assert isinstance(refusal, CodeExpired)
    assert (refusal.status, str(refusal)) == (410, "This code is no longer good. Ask for a new one.")


def test_a_code_opens_the_files_once(gate):
    code = gate.asked()
    assert opens(gate.confirm(code))
    assert isinstance(gate.confirm(code), CodeExpired)


def test_a_new_code_kills_the_one_before(gate):
    old, new = gate.asked(), gate.asked()
    assert old != new
    assert isinstance(gate.confirm(old), WrongCode)
    assert opens(gate.confirm(new))


def test_a_code_that_was_replaced_stays_dead_when_the_new_one_is_used(gate):
    old, new = gate.asked(), gate.asked()
    assert opens(gate.confirm(new))
    assert isinstance(gate.confirm(old), CodeExpired)


def test_a_new_code_in_another_browser_kills_the_one_before(gate):
    old = gate.asked(by=gate.phone)
    new = gate.asked(by=gate.laptop)
    assert isinstance(gate.confirm(old, gate.phone), CodeExpired)
    assert opens(gate.confirm(new, gate.laptop))


def test_a_new_code_to_another_address_of_theirs_kills_the_one_before_in_this_browser(gate, session):
    session.add(EmailAlias(person_id=gate.firm.partner.id, address="p.c@example.net"))
    old, new = gate.asked(), gate.asked("p.c@example.net")
    assert opens(gate.confirm(new))
    assert isinstance(gate.confirm(old), CodeExpired)


def test_a_code_works_only_in_the_browser_that_asked(gate):
    code = gate.asked(by=gate.phone)
    assert isinstance(gate.confirm(code, gate.laptop), CodeExpired)
    assert opens(gate.confirm(code, gate.phone))


def test_a_code_works_only_on_its_own_link(gate):
    code, first = gate.asked(), gate.token
    gate.token = gate.send(gate.firm.partner)
    assert isinstance(gate.confirm(code), CodeExpired)
    gate.token = first
    assert opens(gate.confirm(code))


@pytest.mark.parametrize("paste", ["{0}{1}", "{0} {1}", "{0}-{1}", " {0} {1} ", "\t{0}–{1}\n", "Your code is {0} {1}."])
def test_a_code_may_be_pasted_as_it_stands_in_the_mail(gate, paste):
    assert opens(gate.confirm(paste.format(*gate.asked().split())))


@pytest.mark.parametrize("typed", ["", " ", "abc", "{0}", "{0}{1}0", "0{0}{1}", "{1}{0}", "٠١٢٣٤٥٦٧", "🙂" * 320])
def test_nothing_else_opens_the_files(gate, typed):
    assert isinstance(gate.confirm(typed.format(*gate.asked().split())), WrongCode)
    assert not gate.is_open()


def test_the_code_stands_in_the_body_and_not_in_the_subject(gate):
    gate.asked()
    [mail] = gate.code_mails()
    assert '"subject":"Your verification code"' in mail.payload
    assert mail.payload.count("seal-code-") == 2  # text and HTML


@pytest.mark.parametrize("typed", ["PARTNER@example.com", "  partner@example.com\n", "partner@Example.COM"])
def test_an_address_may_be_typed_as_people_type_it(gate, typed):
    assert gate.ask(typed)
    assert len(gate.code_mails(PARTNER)) == 1


def test_an_alias_gets_the_code_at_the_alias(gate, session):
    session.add(EmailAlias(person_id=gate.firm.partner.id, address="p.c@example.net"))
    assert opens(gate.confirm(gate.asked("p.c@example.net")))
    assert gate.code_mails(PARTNER) == []


@pytest.mark.parametrize(
    "typed", ["", "partner", "partner@", "a@example.com, b@example.com", "partner@example.com\nBcc: x@y.z"]
)
def test_what_is_no_address_is_refused_and_nothing_is_written(gate, typed):
    with pytest.raises(Invalid, match=r"^This is not an email address\. "):
        gate.ask(typed)
    assert (gate.challenges, gate.steps, gate.code_mails()) == ([], [], [])


@pytest.mark.parametrize("verb", ["ask", "confirm"])
def test_a_made_up_link_is_not_found(gate, verb):
    gate.token = "0" * 64
    with pytest.raises(NotFound):
        getattr(gate, verb)(PARTNER)


def test_asking_and_confirming_leave_their_evidence(gate):
    gate.confirm(other_than(gate.asked()))
    gate.confirm(gate.code_mailed())
    assert gate.steps == [Step.OPENED, Step.CODE_REQUESTED, Step.WRONG_CODE, Step.VERIFIED]


def test_only_the_digits_of_what_is_typed_count():
    assert codes.digits("Code: 1234-5678, thanks") == "12345678"
    assert codes.digits("１２３４٥٦٧٨") == ""
