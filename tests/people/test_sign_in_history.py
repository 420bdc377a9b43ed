"""What history says of signing in and out, and of sessions that others end."""

import pytest

from caseupdates import bell, clock
from caseupdates.people import sessions
from caseupdates.people.models import EmailAlias
from caseupdates.refusals import NotFound, NotPermitted, NotSignedIn
from tests.people.conftest import written


def test_signing_in_and_out_is_written_down(session, firm, password):
    token = sessions.sign_in(session, email="manager@example.com", password=password)
    for _ in range(2):
        sessions.sign_out(session, token)
    assert written(session) == [("Manager G.", "signed in", ""), ("Manager G.", "signed out", "")]


@pytest.mark.parametrize("typed", ["manager@example.com", " MANAGER@example.com", "m.g@example.com"])
def test_a_refused_sign_in_names_the_address_of_somebody_known(session, firm, typed):
    session.add(EmailAlias(person_id=firm.manager.id, address="m.g@example.com"))
    firm.manager.archived_at = clock.now()
    sessions.note_refused(session, typed)
    assert written(session) == [(None, "sign-in refused", typed.strip().lower())]


@pytest.mark.parametrize("typed", ["nobody@example.com", "my secret password", "", "\0", "x" * 1000])
def test_what_else_was_typed_is_not_kept(session, firm, typed):
    sessions.note_refused(session, typed)
    assert written(session) == [(None, "sign-in refused", "an unknown address")]


def test_ending_ones_other_sessions_is_written_down_where_there_are_any(session, firm):
    first, _ = (sessions.start(session, firm.manager) for _ in range(2))
    for _ in range(2):
        sessions.end_others(session, first, by=firm.manager)
    assert written(session) == [("Manager G.", "signed out elsewhere", "")]


def test_an_administrator_sees_and_ends_anybodys_sessions(session, firm):
    token = sessions.start(session, firm.client, browser="Firefox")
    [seen] = sessions.live_of(session, firm.client.id, by=firm.administrator)
    assert seen.browser == "Firefox"
    assert sessions.end_all_of(session, firm.client.id, by=firm.administrator) == 1
    with pytest.raises(NotSignedIn):
        sessions.person_of(session, token)
    assert written(session) == [("Administrator A.", "sessions ended", "Client C.")]
    assert bell.person(firm.client.id) in session.info["rings"]


def test_somebody_who_cannot_sign_in_is_signed_in_nowhere(session, firm):
    sessions.start(session, firm.client)
    firm.client.archived_at = clock.now()
    assert sessions.live_of(session, firm.client.id, by=firm.administrator) == []


@pytest.mark.parametrize("who", ["manager", "client", "outsider"])
def test_nobody_else_sees_or_ends_them(session, firm, who):
    for verb in (sessions.live_of, sessions.end_all_of):
        with pytest.raises(NotPermitted):
            verb(session, firm.client.id, by=getattr(firm, who))


def test_sessions_of_somebody_who_is_not_there_are_not_found(session, firm):
    with pytest.raises(NotFound):
        sessions.end_all_of(session, 999_999, by=firm.administrator)
