"""What each role permits."""

import pytest

from caseupdates import clock
from caseupdates.people import roles
from caseupdates.people.models import AccessLevel, Permission, PersonKind

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


@pytest.mark.parametrize("kind", [each for each in PersonKind if each is not PersonKind.EMPLOYEE])
def test_somebody_outside_the_firm_may_hold_only_what_harms_nobody(kind):
    roles.require_fitting(kind, {Permission.CREATE_UPDATES, Permission.UPLOAD_FILES})
    for permission in set(Permission) - {Permission.CREATE_UPDATES, Permission.UPLOAD_FILES}:
        with pytest.raises(roles.NotForContacts, match=f"may also {permission}"):
            roles.require_fitting(kind, {Permission.CREATE_UPDATES, permission})


def test_somebody_of_the_firm_may_hold_everything():
    roles.require_fitting(PersonKind.EMPLOYEE, set(Permission))


def test_what_is_too_much_is_said_in_words():
    with pytest.raises(roles.NotForContacts, match=r"may also send updates, validate updates and view history\.$"):
        roles.require_fitting(
            PersonKind.VENDOR_CONTACT, {Permission.VALIDATE_UPDATES, Permission.SEND_UPDATES, Permission.VIEW_HISTORY}
        )
