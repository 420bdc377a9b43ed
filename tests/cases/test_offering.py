"""Whom a case offers to assign."""

import pytest

from caseupdates import clock
from caseupdates.cases.groups import groups_for, likeliest
from caseupdates.cases.models import Group
from caseupdates.cases.offering import offered
from caseupdates.people.models import AccessLevel, PersonKind
from caseupdates.refusals import NotFound, NotPermitted


def names(session, firm, text="", **options):
    return [each.person.name for each in offered(session, "2026-0142", text, by=firm.manager, **options)]


def outside(firm, name, kind):
    return firm._person(name, "Client Contact", kind=kind)


def test_employees_and_this_clients_contacts_and_affiliates_and_vendors_are_offered(session, firm):
    outside(firm, "Vendor V.", PersonKind.VENDOR_CONTACT)
    outside(firm, "Affiliate A.", PersonKind.AFFILIATE_CONTACT)
    firm.contact("New C.", firm.meridian)
    assert names(session, firm) == [
        "New C.", "Administrator A.", "Colleague S.", "Investigator R.", "Manager G.", "Affiliate A.", "Vendor V.",
    ]  # fmt: skip


def test_contacts_of_another_client_are_not_offered_and_not_found(session, firm):
    assert "Outsider O." not in names(session, firm)
    assert names(session, firm, "outsider") == []
    assert names(session, firm, "Harbour Street") == []


@pytest.mark.parametrize("facts", [{"archived_at": clock.now()}, {"access_level": AccessLevel.DISABLED}])
def test_whoever_is_archived_or_disabled_is_not_offered(session, firm, facts):
    for name, value in facts.items():
        setattr(firm.colleague, name, value)
    assert "Colleague S." not in names(session, firm)


def test_an_employee_is_offered_the_groups_they_are_not_in_until_they_are_in_every(session, firm):
    [mine] = offered(session, "2026-0142", "Investigator R.", by=firm.manager)
    assert mine.groups == (Group.CASE_MANAGER, Group.SALESPERSON, Group.ADDITIONAL_EMPLOYEE)
    assert mine.already == (Group.INVESTIGATOR,)
    for group in mine.groups:
        firm.assign(firm.investigator, group)
    assert names(session, firm, "Investigator R.") == []


@pytest.mark.parametrize("text", ["colleague", "COLLEAGUE s", "colleague@example", "S. Investigator", "  colleague  "])
def test_somebody_is_found_by_words_of_name_address_and_role(session, firm, text):
    assert "Colleague S." in names(session, firm, text)


def test_a_contact_is_found_by_their_company(session, firm):
    firm.contact("New C.", firm.meridian)
    assert names(session, firm, "meridian") == ["New C."]


@pytest.mark.parametrize("text", ["%", "_", "\\", "nobody at all", "colleague manager"])
def test_signs_of_the_database_and_other_words_find_nobody(session, firm, text):
    assert names(session, firm, text) == []


def test_as_many_are_offered_as_asked_for(session, firm):
    assert len(names(session, firm, limit=2)) == 2


def test_only_those_who_may_assign_are_offered_anybody(session, firm, entitled_client):
    for person, refusal in (
        (firm.investigator, NotPermitted), (entitled_client, NotPermitted), (firm.colleague, NotFound), (firm.outsider, NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            offered(session, "2026-0142", by=person)


@pytest.mark.parametrize(
    ("kind", "role", "group"),
    [
        (PersonKind.EMPLOYEE, "Case Manager", Group.CASE_MANAGER),
        (PersonKind.EMPLOYEE, "Administrator", Group.CASE_MANAGER),
        (PersonKind.EMPLOYEE, "Investigator", Group.INVESTIGATOR),
        (PersonKind.EMPLOYEE, "Client Contact", Group.ADDITIONAL_EMPLOYEE),
        (PersonKind.CLIENT_CONTACT, "Administrator", Group.CLIENT_CONTACT),
        (PersonKind.AFFILIATE_CONTACT, "Client Contact", Group.AFFILIATE_CONTACT),
        (PersonKind.VENDOR_CONTACT, "Client Contact", Group.VENDOR_CONTACT),
    ],
)
def test_the_likeliest_group_follows_kind_and_role(session, firm, kind, role, group):
    assert likeliest(firm._person("Somebody S.", role, kind=kind)) is group


def test_a_role_named_as_a_group_means_that_group(session, firm):
    firm.colleague.role.name = "Salesperson"
    assert likeliest(firm.colleague) is Group.SALESPERSON
    assert Group.SALESPERSON in groups_for(firm.colleague)
