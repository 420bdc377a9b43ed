"""Who wants email for what."""

import pytest

from caseupdates.people import preferences
from caseupdates.people.models import Kind


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
