"""What a new administrator is told to do next."""

import pytest

from caseupdates import clock
from caseupdates.cases.models import AccessGroup, Case
from caseupdates.cases.settings.overview.rows import first_steps
from caseupdates.people import roles
from caseupdates.people.firm import name_firm
from caseupdates.people.models import AccessLevel, Client, Person, PersonKind
from caseupdates.refusals import NotPermitted


@pytest.fixture
def first(session):
    """The administrator of an empty installation."""
    return _person(session, "Ada First", roles.ADMINISTRATOR, PersonKind.EMPLOYEE)


def test_on_the_first_day_nothing_is_done(session, first):
    assert [step.is_done for step in first_steps(session, by=first)] == [False] * 5


def test_each_step_is_ticked_off_by_what_it_asks_for(session, first):
    now = clock.now()
    name_firm(session, "Quay & Sons")
    assert _done(session, first) == []  # nobody outside knows yet whom to ask
    name_firm(session, "Quay & Sons", contact="Call 020 7946 0000.")
    assert _done(session, first) == ["Name"]
    _person(session, "Bea Second", roles.INVESTIGATOR, PersonKind.EMPLOYEE)
    assert _done(session, first) == ["Name", "Invite"]
    session.add(client := Client(name="Meridian"))
    session.flush()
    assert _done(session, first) == ["Name", "Invite"]  # a client without contacts receives nothing
    _person(session, "Carl Third", roles.CLIENT_CONTACT, PersonKind.CLIENT_CONTACT, client_id=client.id)
    session.add(AccessGroup(name="Public"))
    session.flush()
    assert _done(session, first) == ["Name", "Invite", "Add", "Make"]
    session.add(Case(number="1", title="A", case_type="B", client_id=client.id, opened_at=now, last_activity_at=now))
    session.flush()
    assert first_steps(session, by=first) == []


def test_only_who_manages_settings_is_told(session, firm):
    with pytest.raises(NotPermitted):
        first_steps(session, by=firm.manager)


def _done(session, by):
    return [step.words.split()[0] for step in first_steps(session, by=by) if step.is_done]


def _person(session, name, role, kind, **facts):
    person = Person(
        name=name, kind=kind, role=roles.ready(session)[role], access_level=AccessLevel.FULL, created_at=clock.now(), **facts
    )  # fmt: skip
    session.add(person)
    session.flush()
    return person
