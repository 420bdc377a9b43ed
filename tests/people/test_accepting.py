"""Choosing a password by invitation."""

import pytest

from caseupdates.database import reading, writing
from caseupdates.people import accepting, archiving, invitations, passwords, sessions
from caseupdates.people.accepting import InvitationExpired, InvitationUsed, InvitationWithdrawn
from caseupdates.people.models import AccessLevel, Invitation, Person, SignInSession
from caseupdates.refusals import Invalid, NotFound, NotSignedIn
from tests.people.conftest import PASSWORD, written
from tests.people.test_invitations import token_of
from tests.together import together


@pytest.fixture(autouse=True)
def quick(monkeypatch, hashed):
    """One hash for the one password of these tests: argon2 is slow on purpose."""
    real = passwords.hashed
    monkeypatch.setattr(passwords, "hashed", lambda given: hashed if given == PASSWORD else real(given))


@pytest.fixture
def invitation(session, firm):
    """The partner's, who has never signed in."""
    return invitations.invite(session, firm.partner.id, by=firm.administrator)


@pytest.fixture
def token(invitation):
    return token_of(invitation)


def accept(session, token, password=PASSWORD):
    return accepting.accept(session, token, password, address="192.0.2.1", browser="Firefox")


def test_the_password_chosen_opens_a_session_and_later_ones(session, firm, invitation, token, clock):
    assert sessions.person_of(session, accept(session, token)) == firm.partner
    assert invitation.used_at == clock()
    assert sessions.sign_in(session, email="partner@example.com", password=PASSWORD)
    assert ("Partner C.", "password chosen by invitation", "partner@example.com") in written(session)


def test_until_then_nobody_signs_in(session, firm, token):
    with pytest.raises(sessions.WrongPassword):
        sessions.sign_in(session, email="partner@example.com", password=PASSWORD)
    assert accepting.open_invitation(session, token).person == firm.partner
    assert firm.partner.password_hash is None


def test_every_other_session_of_the_person_ends_and_nobody_elses(session, firm, clock):
    theirs, others = sessions.start(session, firm.client), sessions.start(session, firm.manager)
    invitation = invitations.invite(session, firm.client.id, by=firm.administrator)
    fresh = accept(session, token_of(invitation))
    with pytest.raises(NotSignedIn):
        sessions.person_of(session, theirs)
    assert sessions.person_of(session, fresh) == firm.client
    assert sessions.person_of(session, others) == firm.manager


def test_it_works_until_its_seventy_second_hour(session, token, clock):
    clock.forward(hours=71, minutes=59, seconds=59)
    assert accept(session, token)


def test_it_is_dead_at_seventy_two_hours(session, token, clock):
    clock.forward(hours=72)
    with pytest.raises(
        InvitationExpired, match=r"expired on 26 November 2026\. Ask Administrator A\. for a new one\.$"
    ) as refusal:
        accept(session, token)
    assert refusal.value.status == 410


def test_ones_own_works_for_an_hour_and_says_where_to_get_another(session, firm, clock):
    token = token_of(invitations.forgotten(session, "client@example.com"))
    clock.forward(minutes=59, seconds=59)
    assert accepting.open_invitation(session, token)
    clock.forward(seconds=1)
    with pytest.raises(InvitationExpired, match="Ask for a new one where you sign in"):
        accept(session, token)


def test_it_works_once(session, token):
    accept(session, token)
    with pytest.raises(InvitationUsed, match=r"has been used\. Sign in with the password that was chosen\."):
        accept(session, token, "another password here")
    assert sessions.sign_in(session, email="partner@example.com", password=PASSWORD)


def test_the_older_of_two_is_withdrawn_and_the_newer_works(session, firm, token, clock):
    clock.forward(minutes=1)
    newer = token_of(invitations.invite(session, firm.partner.id, by=firm.administrator))
    with pytest.raises(InvitationWithdrawn, match="withdrawn, or replaced by a newer one"):
        accept(session, token)
    assert accept(session, newer)


def test_an_archived_persons_is_withdrawn_and_stays_so(session, firm, token):
    archiving.archive(session, firm.partner.id, by=firm.administrator)
    with pytest.raises(InvitationWithdrawn):
        accept(session, token)
    archiving.bring_back(session, firm.partner.id, by=firm.administrator)
    with pytest.raises(InvitationWithdrawn):
        accept(session, token)


def test_somebody_disabled_meanwhile_does_not_get_in(session, firm, token):
    firm.partner.access_level = AccessLevel.DISABLED
    with pytest.raises(InvitationWithdrawn):
        accept(session, token)


@pytest.mark.parametrize("made_up", ["", "x", "0" * 64, "seal-invitation-" + "a" * 43, "ключ", "x" * 1000, "\0"])
def test_unknown_and_malformed_are_one(session, token, made_up):
    with pytest.raises(NotFound, match=r"^This does not exist, or you may not see it\.$"):
        accept(session, made_up)


def test_neither_its_hash_nor_its_seal_opens_it(session, invitation):
    for stolen in (invitation.token_hash, invitation.seal):
        with pytest.raises(NotFound):
            accept(session, stolen)


@pytest.mark.parametrize("bad", ["", "x" * 11, "x" * 257])
def test_a_password_that_cannot_be_taken_costs_nothing(session, firm, invitation, token, bad):
    with pytest.raises(Invalid, match="12 to 256 characters"):
        accept(session, token, bad)
    assert (invitation.used_at, firm.partner.password_hash) == (None, None)
    assert accept(session, token)


def test_of_ten_at_once_one_gets_in(standing):
    with writing() as session:
        by = session.get_one(Person, standing.administrator.id)
        token = token_of(invitations.invite(session, standing.partner.id, by=by))

    def accepts():
        with writing() as session:
            return accept(session, token)

    answers = together(*[accepts] * 10)
    assert sorted(type(each).__name__ for each in answers) == ["InvitationUsed"] * 9 + ["str"]
    with reading() as session:
        assert len(session.exec(SignInSession.__table__.select()).all()) == 1
        assert len(session.exec(Invitation.__table__.select()).all()) == 1


def test_of_two_who_are_asked_for_at_once_one_is_open(standing):
    def asks():
        with writing() as session:
            return invitations.forgotten(session, "client@example.com")

    together(asks, asks, asks)
    with reading() as session:
        rows = session.exec(Invitation.__table__.select()).all()
        assert [each.withdrawn_at is None for each in rows].count(True) == 1
        assert len(rows) == 3
