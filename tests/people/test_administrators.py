"""Somebody can always manage settings."""

import pytest

from caseupdates import clock
from caseupdates.database import reading, writing
from caseupdates.people.administrators import LastAdministrator, OwnSettings, require_another
from caseupdates.people.archiving import archive
from caseupdates.people.details import change
from caseupdates.people.models import AccessLevel, Permission, Person
from tests.people.conftest import details, written
from tests.stories import Firm
from tests.together import together


@pytest.fixture
def second(firm):
    """Another administrator."""
    return firm.person("Second A.", "Administrator", level=AccessLevel.FULL)


@pytest.fixture(params=["archive", "disable", "demote"])
def takes_away(request, session, firm):
    """Each way to take the settings from somebody."""

    def take(person, by):
        if request.param == "archive":
            archive(session, person.id, by=by)
        elif request.param == "disable":
            change(session, person.id, details(person, access_level=AccessLevel.DISABLED), by=by)
        else:
            change(session, person.id, details(person, role_id=firm.roles["Investigator"].id), by=by)

    return take


def test_one_of_two_administrators_can_go(firm, second, takes_away):
    takes_away(second, by=firm.administrator)
    assert not second.may(Permission.MANAGE_SETTINGS)


def test_nobody_shuts_themselves_out(session, firm, second, takes_away):
    with pytest.raises(OwnSettings, match="Ask another administrator"):
        takes_away(firm.administrator, by=firm.administrator)
    assert firm.administrator.may(Permission.MANAGE_SETTINGS)
    assert written(session) == []


def test_the_last_who_can_sign_in_stays(firm, second, takes_away):
    second.password_hash = None
    with pytest.raises(LastAdministrator, match="Nobody else who can sign in manages settings"):
        takes_away(firm.administrator, by=second)
    assert firm.administrator.may(Permission.MANAGE_SETTINGS)


@pytest.mark.parametrize(
    "fact", [{"archived_at": clock.now()}, {"access_level": AccessLevel.DISABLED}, {"password_hash": None}]
)
def test_only_somebody_active_who_can_sign_in_counts_as_another(session, firm, second, fact):
    require_another(session, Person.id != firm.administrator.id)
    for name, value in fact.items():
        setattr(second, name, value)
    session.flush()
    with pytest.raises(LastAdministrator):
        require_another(session, Person.id != firm.administrator.id)


def test_an_administrator_changes_their_own_name_and_address(session, firm):
    given = details(firm.administrator, name="Ada", email="ada@example.com")
    assert change(session, firm.administrator.id, given, by=firm.administrator).name == "Ada"


def test_of_two_who_archive_each_other_at_once_one_stays(emptied, clock):
    with writing() as session:
        firm = Firm(session)
        other = firm.person("Second A.", "Administrator", level=AccessLevel.FULL)
        pair = (firm.administrator.id, other.id)

    def archives(who, whom):
        with writing() as session:
            return archive(session, whom, by=session.get_one(Person, who))

    answers = together(lambda: archives(*pair), lambda: archives(*reversed(pair)))
    assert len([each for each in answers if isinstance(each, Person)]) == 1
    with reading() as session:
        assert len([each for each in pair if session.get_one(Person, each).may(Permission.MANAGE_SETTINGS)]) == 1
