"""People who leave, and come back."""

import pytest

from caseupdates import bell
from caseupdates.people import archiving, invitations, sessions
from caseupdates.refusals import NotFound, NotPermitted, NotSignedIn
from tests.people.conftest import written


def test_archiving_ends_sessions_and_withdraws_invitations_at_once(session, firm, clock):
    token = sessions.start(session, firm.client)
    invitation = invitations.invite(session, firm.client.id, by=firm.administrator)
    person = archiving.archive(session, firm.client.id, by=firm.administrator)
    session.refresh(invitation)
    assert (person.archived_at, invitation.withdrawn_at, person.is_active) == (clock(), clock(), False)
    assert session.info["rings"] >= {bell.SETTINGS, bell.person(person.id)}
    with pytest.raises(NotSignedIn):
        sessions.person_of(session, token)


def test_brought_back_they_are_who_they_were_but_signed_in_nowhere(session, firm, password):
    token = sessions.start(session, firm.manager)
    archiving.archive(session, firm.manager.id, by=firm.administrator)
    person = archiving.bring_back(session, firm.manager.id, by=firm.administrator)
    assert (person.archived_at, person.role.name, person.can_sign_in) == (None, "Case Manager", True)
    with pytest.raises(NotSignedIn):
        sessions.person_of(session, token)
    assert sessions.sign_in(session, email="manager@example.com", password=password)


def test_each_is_written_down_once(session, firm, clock):
    archiving.archive(session, firm.client.id, by=firm.administrator)
    first = clock()
    clock.forward(minutes=1)
    assert archiving.archive(session, firm.client.id, by=firm.administrator).archived_at == first
    for _ in range(2):
        archiving.bring_back(session, firm.client.id, by=firm.administrator)
    assert written(session) == [
        ("Administrator A.", "person archived", "Client C."),
        ("Administrator A.", "person brought back", "Client C."),
    ]


@pytest.mark.parametrize("verb", [archiving.archive, archiving.bring_back])
@pytest.mark.parametrize("who", ["manager", "investigator", "client"])
def test_only_who_manages_settings_may(session, firm, verb, who):
    for person in (firm.outsider, getattr(firm, who)):
        with pytest.raises(NotPermitted):
            verb(session, person.id, by=getattr(firm, who))


@pytest.mark.parametrize("verb", [archiving.archive, archiving.bring_back])
def test_somebody_who_is_not_there_is_not_found(session, firm, verb):
    with pytest.raises(NotFound):
        verb(session, 999_999, by=firm.administrator)
