"""Signed in at the gate: whoever may see the update skips it, anybody else is a visitor."""

import pytest

from caseupdates.links import gate as gates
from caseupdates.links import serving
from caseupdates.links.access import LinkRevoked
from caseupdates.links.models import LinkEvent, Visit
from caseupdates.links.renewing import revoke
from caseupdates.links.serving import NotOpen
from caseupdates.people import sessions
from caseupdates.people.models import AccessLevel
from tests.links.story import SIZE

WHO_MAY_SEE_IT = ["client", "manager", "investigator", "administrator"]
WHO_MAY_NOT = ["colleague", "outsider"]


@pytest.fixture
def signed_in(session, firm):
    """The session token of somebody by their part."""

    def token(name):
        return sessions.start(session, getattr(firm, name))

    return token


@pytest.mark.parametrize("name", WHO_MAY_SEE_IT)
def test_whoever_may_see_the_update_has_its_files_at_once(gate, signed_in, name):
    token = signed_in(name)
    found = gate.before(session_token=token)
    assert (found.stage, found.is_signed_in, found.visit) == (gates.Stage.FILES, True, None)
    assert [each.id for each in found.files] == [each.id for each in gate.files]
    assert gate.grant(session_token=token).visit_id is None


@pytest.mark.parametrize("name", WHO_MAY_NOT)
def test_whoever_may_not_see_the_update_is_treated_like_any_visitor(gate, signed_in, name):
    token = signed_in(name)
    found = gate.before(session_token=token)
    assert (found.stage, found.is_signed_in) == (gates.Stage.ADDRESS, False)
    with pytest.raises(NotOpen):
        gate.grant(session_token=token)


@pytest.mark.parametrize("name", WHO_MAY_NOT)
def test_a_code_opens_the_files_to_them_like_to_any_visitor(gate, signed_in, name):
    visit = gate.enter()
    assert gate.grant(session_token=signed_in(name)).visit_id == visit.id


@pytest.mark.parametrize("token", ["", "made-up"])
def test_a_made_up_session_skips_nothing(gate, token):
    assert gate.before(session_token=token).stage is gates.Stage.ADDRESS
    with pytest.raises(NotOpen):
        gate.grant(session_token=token)


def test_signing_out_closes_the_files_at_once(gate, session, signed_in):
    token = signed_in("client")
    assert gate.grant(session_token=token)
    sessions.sign_out(session, token)
    assert gate.before(session_token=token).stage is gates.Stage.ADDRESS
    with pytest.raises(NotOpen):
        gate.grant(session_token=token)


def test_a_session_ends_at_12_hours_here_too(gate, signed_in, clock):
    token = signed_in("client")
    clock.forward(hours=11, minutes=59, seconds=59)
    assert gate.grant(session_token=token)
    clock.forward(seconds=1)
    with pytest.raises(NotOpen):
        gate.grant(session_token=token)


def test_somebody_disabled_meanwhile_skips_nothing(gate, session, firm, signed_in):
    token = signed_in("client")
    firm.client.access_level = AccessLevel.DISABLED
    session.flush()
    assert gate.before(session_token=token).stage is gates.Stage.ADDRESS


@pytest.mark.parametrize("name", WHO_MAY_SEE_IT)
def test_a_dead_link_is_dead_for_those_signed_in_too(gate, session, firm, signed_in, name):
    revoke(session, [gate.link.id], by=firm.manager)
    token = signed_in(name)
    assert gate.before(session_token=token).stage is gates.Stage.DEAD
    with pytest.raises(LinkRevoked):
        gate.grant(session_token=token)


def look_at_everything(gate, token):
    for file in gate.files:
        granted = gate.grant(file, session_token=token)
        gate.do(serving.viewed, granted, gate.phone)
        gate.do(serving.downloaded, granted, gate.phone, first=0, until=SIZE)


@pytest.mark.parametrize("name", WHO_MAY_SEE_IT)
def test_whoever_looks_at_anothers_link_leaves_no_evidence(gate, signed_in, name):
    look_at_everything(gate, signed_in(name))
    assert gate.steps == []
    assert gate.rows(Visit) == []


def test_the_recipient_who_is_signed_in_leaves_evidence(sent, signed_in):
    gate = sent(to="client")
    look_at_everything(gate, signed_in("client"))
    assert gate.steps == ["viewed", "downloaded"] * 2
    assert {each.visit_id for each in gate.rows(LinkEvent)} == {None}
