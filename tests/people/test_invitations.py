"""Invitations: who can be invited, and what is kept of it."""

import pytest
from sqlmodel import select

from caseupdates import bell, clock, seals, tokens
from caseupdates.people import invitations
from caseupdates.people.invitations import NotInvitable
from caseupdates.people.models import AccessLevel, EmailAlias, Invitation
from caseupdates.refusals import NotFound, NotPermitted, TooMany
from caseupdates.settings import settings
from tests.people.conftest import written


def invite(session, firm, person=None):
    return invitations.invite(session, (person or firm.partner).id, by=firm.administrator)


def token_of(invitation):
    return seals.invitation_token(settings().secret_key, invitation.seal)


def test_an_invitation_lasts_seventy_two_hours(session, firm, clock):
    clock_then, invitation = clock(), invite(session, firm)
    assert invitation.expires_at - clock_then == invitations.LIFE
    clock.forward(hours=71, minutes=59, seconds=59)
    assert invitations.open_until(session, [firm.partner.id]) == {firm.partner.id: invitation.expires_at}
    clock.forward(seconds=1)
    assert invitations.open_until(session, [firm.partner.id]) == {}


def test_only_a_hash_of_the_token_is_kept(session, firm):
    invitation = invite(session, firm)
    token = token_of(invitation)
    assert len(token) == 64
    assert invitation.token_hash == tokens.digest(token)
    assert token not in str(invitation.model_dump())
    assert invitations.address(invitation) == f"http://localhost:8000/invitation/seal-invitation-{invitation.seal}"


def test_the_seal_is_broken_into_the_token_and_into_no_other_secret(session, firm):
    invitation, key = invite(session, firm), settings().secret_key
    assert seals.broken(invitations.address(invitation), key).endswith(f"/invitation/{token_of(invitation)}")
    assert (
        len({seals.invitation_token(key, "x"), seals.link_token(key, "x"), seals.invitation_token(b"other", "x")}) == 3
    )


def test_a_newer_one_withdraws_the_older(session, firm, clock):
    first = invite(session, firm)
    clock.forward(minutes=1)
    second = invite(session, firm)
    session.refresh(first)
    assert (first.withdrawn_at, second.withdrawn_at) == (clock(), None)
    assert token_of(first) != token_of(second)


def test_a_double_click_invites_once(session, firm, clock):
    invite(session, firm)
    with pytest.raises(TooMany):
        invite(session, firm)
    invite(session, firm, firm.colleague)
    clock.forward(seconds=5)
    assert invite(session, firm)


def archived(person):
    person.archived_at = clock.now()


def disabled(person):
    person.access_level = AccessLevel.DISABLED


def without_address(person):
    person.email = None


def bounced(person):
    person.bounced_at = clock.now()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (archived, "is archived. Bring them back first"), (disabled, "Choose another level first"),
        (without_address, "Type their address first"), (bounced, "Reactivate it first"),
    ],
)  # fmt: skip
def test_who_could_do_nothing_with_it_is_not_invited(session, firm, change, says):
    change(firm.partner)
    session.flush()
    with pytest.raises(NotInvitable, match=says):
        invite(session, firm)
    assert session.exec(select(Invitation)).all() == []


@pytest.mark.parametrize("who", ["manager", "investigator", "client", "partner"])
def test_only_who_manages_settings_invites(session, firm, who):
    with pytest.raises(NotPermitted):
        invitations.invite(session, firm.partner.id, by=getattr(firm, who))


def test_somebody_who_is_not_there_is_not_found(session, firm):
    with pytest.raises(NotFound):
        invitations.invite(session, 999_999, by=firm.administrator)


def test_it_is_written_down_and_rings(session, firm):
    invite(session, firm)
    assert written(session) == [("Administrator A.", "invitation sent", "Partner C.: partner@example.com")]
    assert bell.SETTINGS in session.info["rings"]


@pytest.mark.parametrize("typed", ["client@example.com", " CLIENT@Example.com", "c.c@example.com"])
def test_whoever_forgot_gets_an_hour(session, firm, clock, typed):
    session.add(EmailAlias(person_id=firm.client.id, address="c.c@example.com"))
    invitation = invitations.forgotten(session, typed)
    assert (invitation.person, invitation.is_own) == (firm.client, True)
    assert invitation.expires_at - clock() == invitations.LIFE_OF_OWN
    assert written(session) == [("Client C.", "new password asked for", "client@example.com")]


@pytest.mark.parametrize("change", [archived, disabled, bounced])
def test_who_cannot_sign_in_or_be_mailed_gets_nothing(session, firm, change):
    change(firm.client)
    session.flush()
    for typed in ("client@example.com", "partner@example.com", "nobody@example.com", "not an address", "", "\0"):
        assert invitations.forgotten(session, typed) is None
    assert session.exec(select(Invitation)).all() == []
    assert written(session) == []
