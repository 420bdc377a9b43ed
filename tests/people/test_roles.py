"""What each role permits."""

import pytest

from caseupdates import clock
from caseupdates.people.models import AccessLevel, Permission

WRITES = {Permission.CREATE_UPDATES, Permission.UPLOAD_FILES, Permission.VIEW_HISTORY}


@pytest.mark.parametrize(
    ("name", "permitted"),
    [
        ("administrator", set(Permission)),
        ("manager", set(Permission) - {Permission.MANAGE_SETTINGS}),
        ("investigator", WRITES),
        ("client", set()),
    ],
)
def test_a_role_permits_exactly_its_own(firm, name, permitted):
    person = getattr(firm, name)
    assert {each for each in Permission if person.may(each)} == permitted


def test_somebody_disabled_or_archived_may_nothing(firm):
    firm.manager.access_level = AccessLevel.DISABLED
    assert not any(map(firm.manager.may, Permission))
    firm.manager.access_level, firm.manager.archived_at = AccessLevel.FULL, clock.now()
    assert not any(map(firm.manager.may, Permission))


def test_only_those_with_a_password_can_sign_in(firm):
    assert firm.client.can_sign_in
    assert not firm.partner.can_sign_in
    assert firm.partner.is_active


def test_a_first_name_is_the_first_word(firm):
    assert firm.manager.first_name == "Manager"
