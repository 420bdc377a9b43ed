"""Changing one's own password."""

import pytest

from caseupdates.people import invitations, own_password, passwords, sessions
from caseupdates.people.accepting import InvitationWithdrawn, open_invitation
from caseupdates.people.own_password import WrongCurrentPassword
from caseupdates.refusals import Invalid, NotSignedIn, TooMany
from tests.people.conftest import PASSWORD, written
from tests.people.test_invitations import token_of

NEW = "harbour lights at dusk"
pytestmark = pytest.mark.usefixtures("password")


@pytest.fixture
def browsers(session, firm):
    return [sessions.start(session, firm.manager) for _ in range(3)]


def change(session, firm, token, current=PASSWORD, new=NEW):
    return own_password.change(session, token, current=current, new=new, by=firm.manager)


def test_the_new_one_opens_and_the_old_one_does_not(session, firm, browsers):
    change(session, firm, browsers[0])
    assert sessions.sign_in(session, email="manager@example.com", password=NEW)
    with pytest.raises(sessions.WrongPassword):
        sessions.sign_in(session, email="manager@example.com", password=PASSWORD)


def test_every_other_browser_is_signed_out(session, firm, browsers):
    assert change(session, firm, browsers[1]) == 2
    assert sessions.person_of(session, browsers[1]) == firm.manager
    for other in (browsers[0], browsers[2]):
        with pytest.raises(NotSignedIn):
            sessions.person_of(session, other)


@pytest.mark.parametrize("current", ["", "a wrong password", NEW])
def test_without_the_current_one_nothing_changes(session, firm, browsers, current):
    with pytest.raises(WrongCurrentPassword, match="current password is not right"):
        change(session, firm, browsers[0], current=current)
    assert passwords.matches(PASSWORD, firm.manager.password_hash)
    assert sessions.person_of(session, browsers[2]) == firm.manager


@pytest.mark.parametrize("new", ["x" * 11, "x" * 257])
def test_a_new_one_that_cannot_be_taken_changes_nothing(session, firm, browsers, new):
    with pytest.raises(Invalid, match="12 to 256"):
        change(session, firm, browsers[0], new=new)
    assert passwords.matches(PASSWORD, firm.manager.password_hash)


def test_a_mail_that_is_out_lets_nobody_choose_another_one(session, firm, browsers):
    token = token_of(invitations.forgotten(session, "manager@example.com"))
    change(session, firm, browsers[0])
    with pytest.raises(InvitationWithdrawn):
        open_invitation(session, token)


def test_it_is_written_down_without_any_password(session, firm, browsers):
    change(session, firm, browsers[0])
    assert written(session) == [("Manager G.", "password changed", ""), ("Manager G.", "signed out elsewhere", "")]


def test_ten_tries_in_a_quarter_of_an_hour_each_for_oneself(session, firm, clock):
    for _ in range(10):
        own_password.pass_door(session, by=firm.manager)
    with pytest.raises(TooMany):
        own_password.pass_door(session, by=firm.manager)
    own_password.pass_door(session, by=firm.client)
    clock.forward(seconds=90)
    own_password.pass_door(session, by=firm.manager)
