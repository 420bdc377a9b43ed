"""Who wants email for what."""

import pytest
from sqlmodel import select

from caseupdates import bell, clock
from caseupdates.database import reading, writing
from caseupdates.history.models import Area, Event
from caseupdates.people import preferences
from caseupdates.people.models import AccessLevel, Kind
from caseupdates.refusals import NotPermitted
from tests.together import together


def test_everybody_wants_email_for_everything_until_they_say_otherwise(session, firm):
    assert preferences.of(session, by=firm.client) == dict.fromkeys(Kind, True)
    assert all(preferences.wants_email(session, firm.client, kind) for kind in Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_is_turned_off_and_on_again_alone(session, firm, kind):
    preferences.choose(session, kind, email=False, by=firm.client)
    assert preferences.of(session, by=firm.client) == {each: each is not kind for each in Kind}
    preferences.choose(session, kind, email=True, by=firm.client)
    assert preferences.of(session, by=firm.client) == dict.fromkeys(Kind, True)


def test_a_choice_is_ones_own(session, firm):
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    assert preferences.wants_email(session, firm.partner, Kind.CASE_UPDATE)
    assert not preferences.wants_email(session, firm.client, Kind.CASE_UPDATE)


def test_the_silent_ones_are_found_among_those_asked_about(session, firm):
    for person in (firm.client, firm.manager):
        preferences.choose(session, Kind.CASE_UPDATE, email=False, by=person)
    asked = [firm.client.id, firm.partner.id]
    assert preferences.without_email(session, asked, Kind.CASE_UPDATE) == {firm.client.id}
    assert preferences.without_email(session, asked, Kind.REPLY) == set()
    assert preferences.without_email(session, [], Kind.CASE_UPDATE) == set()


def silence(session, firm, kind=Kind.CASE_UPDATE, silenced=True, by=None):
    preferences.silence(session, kind, silenced, by=by or firm.administrator)


def test_a_kind_the_firm_silences_is_mailed_to_nobody_whatever_they_chose(session, firm):
    preferences.choose(session, Kind.CASE_UPDATE, email=True, by=firm.client)
    silence(session, firm)
    asked = [firm.client.id, firm.partner.id]
    assert preferences.without_email(session, asked, Kind.CASE_UPDATE) == set(asked)
    assert preferences.without_email(session, asked, Kind.REPLY) == set()
    assert preferences.without_email(session, [], Kind.CASE_UPDATE) == set()


def test_ones_own_choice_outlives_the_firms_silence(session, firm):
    preferences.choose(session, Kind.REPLY, email=False, by=firm.client)
    silence(session, firm, Kind.REPLY)
    silence(session, firm, Kind.REPLY, False)
    assert not preferences.wants_email(session, firm.client, Kind.REPLY)
    assert preferences.wants_email(session, firm.partner, Kind.REPLY)


def test_a_switch_is_written_down_once_and_rings(session, firm):
    silence(session, firm)
    silence(session, firm)
    silence(session, firm, silenced=False)
    silence(session, firm, silenced=False)
    lines = [
        (each.area, each.what, each.about, each.person.name) for each in session.exec(select(Event).order_by(Event.id))
    ]
    assert lines == [
        (Area.SETTINGS, "emails switched off", "case update", "Administrator A."),
        (Area.SETTINGS, "emails switched on", "case update", "Administrator A."),
    ]
    assert session.info["rings"] == {bell.SETTINGS}
    assert preferences.silenced(session) == []


def test_who_silenced_a_kind_and_when_is_kept(session, firm):
    silence(session, firm)
    [switch] = preferences.silenced(session)
    assert (switch.kind, switch.silenced_by_id, switch.silenced_at) == (
        Kind.CASE_UPDATE, firm.administrator.id, clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize("who", ["manager", "investigator", "client", "outsider"])
@pytest.mark.parametrize("silenced", [True, False])
def test_only_who_manages_settings_flips_a_switch(session, firm, who, silenced):
    silence(session, firm)
    with pytest.raises(NotPermitted):
        silence(session, firm, silenced=silenced, by=getattr(firm, who))
    assert preferences.is_silenced(session, Kind.CASE_UPDATE)


def test_those_whom_only_email_reaches_are_counted(session, firm):
    assert preferences.reached_by_email_alone(session) == 1  # Partner C.
    firm.partner.archived_at = clock.now()
    firm.client.password_hash = None
    firm.outsider.password_hash, firm.outsider.access_level = None, AccessLevel.DISABLED
    firm.colleague.password_hash = firm.colleague.email = None
    session.flush()
    assert preferences.reached_by_email_alone(session) == 1  # Client C.


def test_two_administrators_who_switch_at_once_switch_once(standing):
    def switch():
        with writing() as session:
            preferences.silence(session, Kind.REPLY, True, by=session.merge(standing.administrator))

    together(*[switch] * 4)
    with reading() as session:
        assert [each.kind for each in preferences.silenced(session)] == [Kind.REPLY]
        assert len(session.exec(select(Event).where(Event.area == Area.SETTINGS)).all()) == 1
