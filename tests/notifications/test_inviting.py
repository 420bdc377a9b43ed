"""The mails that let people choose a password."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates import seals
from caseupdates.delivery.models import Lane, Message
from caseupdates.notifications import inviting
from caseupdates.people.accepting import open_invitation
from caseupdates.people.firm import name_firm
from caseupdates.people.invitations import NotInvitable
from caseupdates.people.models import EmailAlias, Invitation, Person
from caseupdates.refusals import NotPermitted
from caseupdates.settings import settings
from tests.people.conftest import details


@pytest.fixture(autouse=True)
def named(session):
    name_firm(session, "Harbour <Investigations>", reply_to="office@example.com", contact="Call 020 7946 0000.")


def mails(session):
    return session.exec(select(Message).order_by(Message.id)).all()


def read(message):
    """A mail as it arrives."""
    return json.loads(seals.broken(message.payload, settings().secret_key))


def links(mail):
    """The addresses of the two twins."""
    return [
        next(word.strip('">') for word in mail[twin].replace('href="', " ").split() if "/invitation/" in word)
        for twin in ("text", "html")
    ]


def invite(session, firm, person=None):
    return inviting.invite(session, (person or firm.partner).id, by=firm.administrator)


def test_the_mail_says_who_invites_to_what_and_leads_to_the_page(session, firm):
    invitation = invite(session, firm)
    [message] = mails(session)
    mail = read(message)
    assert (mail["to"], mail["reply_to"]) == (["partner@example.com"], "office@example.com")
    assert mail["subject"] == "Administrator A. invites you to Harbour <Investigations>"
    for twin in (mail["text"], mail["html"]):
        for words in ("Partner", "Administrator A.", "72 hours", "partner@example.com", "Call 020 7946 0000."):
            assert words in twin
    assert "Harbour &lt;Investigations&gt;" in mail["html"]
    [text, html] = links(mail)
    assert text == html
    assert open_invitation(session, text.removeprefix("http://localhost:8000/invitation/")).id == invitation.id


def test_the_outbox_holds_no_token(session, firm):
    invite(session, firm)
    [message] = mails(session)
    token = links(read(message))[0].rpartition("/")[2]
    assert len(token) == 64
    assert token not in message.payload


def test_an_invitation_overtakes_nothing_and_is_not_sent_once_useless(session, firm, clock):
    invite(session, firm)
    [message] = mails(session)
    assert (message.lane, message.useless_after) == (Lane.MAIL, clock() + timedelta(hours=72))


def test_somebody_with_a_password_is_offered_a_new_one(session, firm):
    invite(session, firm, firm.client)
    mail = read(mails(session)[0])
    assert mail["subject"] == "Choose a new password for Harbour <Investigations>"
    assert "Administrator A. sends you a way to choose a new password" in mail["text"]
    assert "Choose a new password" in mail["html"]
    assert "invites" not in mail["text"]


def test_whoever_forgot_is_mailed_at_once_and_told_to_leave_it_be(session, firm, clock):
    inviting.help_whoever_forgot(session, "Client@example.com")
    [message] = mails(session)
    mail = read(message)
    assert (message.lane, message.useless_after) == (Lane.CODE, clock() + timedelta(hours=1))
    assert mail["to"] == ["client@example.com"]
    for twin in (mail["text"], mail["html"]):
        for words in ("probably you", "within the next hour", "your password stays what it is"):
            assert words in twin


def test_an_alias_brings_the_mail_to_the_first_address(session, firm):
    session.add(EmailAlias(person_id=firm.client.id, address="c.c@example.com"))
    inviting.help_whoever_forgot(session, "c.c@example.com")
    assert [each.recipient for each in mails(session)] == ["client@example.com"]


@pytest.mark.parametrize("typed", ["partner@example.com", "nobody@example.com", "nonsense", ""])
def test_nobody_else_is_mailed(session, firm, typed):
    inviting.help_whoever_forgot(session, typed)
    assert mails(session) == []


@pytest.mark.parametrize("invites", [True, False])
def test_adding_somebody_invites_them_where_that_is_wanted(session, firm, invites):
    given = details(firm.investigator, name="Nora New", email="nora@example.com")
    person = inviting.add(session, given, invites=invites, by=firm.administrator)
    assert [each.recipient for each in mails(session)] == ["nora@example.com"][: int(invites)]
    assert len(session.exec(select(Invitation).where(Invitation.person_id == person.id)).all()) == int(invites)


def test_somebody_without_an_address_is_not_invited(session, firm):
    with pytest.raises(NotInvitable, match="Type their address first"):
        inviting.add(session, details(firm.client, name="Nora", email=""), invites=True, by=firm.administrator)
    assert mails(session) == []


@pytest.mark.parametrize("who", ["manager", "client"])
def test_only_who_manages_settings_adds_and_invites(session, firm, who):
    by = getattr(firm, who)
    with pytest.raises(NotPermitted):
        inviting.invite(session, firm.partner.id, by=by)
    with pytest.raises(NotPermitted):
        inviting.add(session, details(firm.client, email="x@example.com"), invites=True, by=by)
    assert session.exec(select(Person).where(Person.email == "x@example.com")).first() is None
