"""Codes at the same moment: guesses, double clicks, two browsers."""

import functools

from caseupdates.database import writing
from caseupdates.links import codes
from caseupdates.links.codes import WrongCode
from caseupdates.links.models import Link, Step, Visit
from caseupdates.people.models import EmailAlias
from tests.links.story import PARTNER, STRANGER, other_than
from tests.together import together


def kinds(answers):
    """How many answers there were of each kind."""
    names = [type(each).__name__ for each in answers]
    return {name: names.count(name) for name in names}


def live(gate):
    return [each for each in gate.challenges if each.ended_at is None]


def test_of_twenty_guesses_at_once_five_are_looked_at(lasting):
    guess = functools.partial(lasting.confirm, other_than(lasting.asked()))
    answers = together(*[guess] * 20)
    assert kinds(answers) == {"WrongCode": 5, "CodeExpired": 15}
    assert sorted(each.tries_left for each in answers if isinstance(each, WrongCode)) == [0, 1, 2, 3, 4]
    assert lasting.challenges[0].tries == lasting.link.wrong_tries == 5


def test_a_right_code_among_too_many_guesses_is_one_of_five(lasting):
    code = lasting.asked()
    guesses = [functools.partial(lasting.confirm, other_than(code))] * 5
    answers = together(*guesses, functools.partial(lasting.confirm, code))
    assert len([each for each in answers if isinstance(each, WrongCode | Visit)]) <= 5
    assert lasting.challenges[0].tries <= 5


def test_the_right_code_ten_times_at_once_opens_one_visit(lasting):
    answers = together(*[functools.partial(lasting.confirm, lasting.asked())] * 10)
    assert kinds(answers) == {"Visit": 1, "CodeExpired": 9}
    assert len(lasting.rows(Visit)) == 1
    assert lasting.steps.count(Step.VERIFIED) == 1


def test_of_two_browsers_asking_at_once_one_gets_past_the_doors(lasting):
    answers = together(lambda: lasting.ask(by=lasting.phone), lambda: lasting.ask(by=lasting.laptop))
    assert kinds(answers) == {"bool": 1, "TooMany": 1}
    assert len(live(lasting)) == len(lasting.code_mails()) == 1


def test_two_who_ask_at_once_leave_one_live_code(lasting):
    """Past the doors, as when one of them was held up on its way from there."""
    for _ in range(5):
        together(lambda: lasting.asked(by=lasting.phone), lambda: lasting.asked(by=lasting.laptop))
        assert len(live(lasting)) == 1


def test_address_and_alias_asked_for_at_once_leave_one_live_code_in_a_browser(lasting):
    with writing() as session:
        session.add(EmailAlias(person_id=lasting.firm.partner.id, address="p.c@example.net"))
    for _ in range(5):
        together(lambda: lasting.asked(PARTNER), lambda: lasting.asked("p.c@example.net"))
        assert len(live(lasting)) == 1


def test_a_code_asked_for_while_the_old_one_is_confirmed_never_leaves_both(lasting):
    for _ in range(5):
        code = lasting.asked()
        together(lambda code=code: lasting.confirm(code), lasting.asked)
        assert [each.id for each in live(lasting)] == [lasting.challenges[-1].id]
        assert isinstance(lasting.confirm(code), WrongCode)


def test_wrong_codes_at_once_lock_a_link_once(lasting):
    with writing() as session:
        session.get_one(Link, lasting.link.id).wrong_tries = codes.WRONG_TRIES - 1
    lasting.asked(by=lasting.phone)
    lasting.do(codes.ask, lasting.token, STRANGER, lasting.laptop)
    answers = together(lambda: lasting.confirm("", lasting.phone), lambda: lasting.confirm("", lasting.laptop))
    assert kinds(answers) == {"LinkLocked": 2}
    assert lasting.steps.count(Step.LOCKED) == 1
    assert lasting.link.wrong_tries == codes.WRONG_TRIES
