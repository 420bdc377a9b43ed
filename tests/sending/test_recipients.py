"""Who is offered as a recipient, in which block, and what each would get."""

import pytest

from caseupdates import clock
from caseupdates.cases.models import AccessGroup, Group
from caseupdates.people import preferences
from caseupdates.people.models import AccessLevel, Kind, PersonKind
from caseupdates.sending.models import Channel
from caseupdates.sending.recipients import blocks, candidates_by_person

IN_ORDER = {
    "Client Contacts": Group.CLIENT_CONTACT,
    "Case Managers": Group.CASE_MANAGER,
    "Investigators": Group.INVESTIGATOR,
    "Salespeople": Group.SALESPERSON,
    "Additional Employees": Group.ADDITIONAL_EMPLOYEE,
    "Affiliate Contacts": Group.AFFILIATE_CONTACT,
    "Vendor Contacts": Group.VENDOR_CONTACT,
}


@pytest.fixture
def revision(firm):
    return firm.update()


def offered(session, revision):
    """Block by block, the names."""
    session.flush()
    return {block.name: [each.person.name for each in block.candidates] for block in blocks(session, revision)}


def candidate(session, revision, person):
    session.flush()
    return candidates_by_person(blocks(session, revision)).get(person.id)


def what(session, revision, person):
    found = candidate(session, revision, person)
    return found.channel, found.reason


def test_the_people_of_the_case_stand_in_their_blocks_and_empty_blocks_are_absent(session, revision):
    assert offered(session, revision) == {
        "Client Contacts": ["Client C.", "Partner C."],
        "Case Managers": ["Manager G."],
        "Investigators": ["Investigator R."],
        "Unassigned Staff": ["Administrator A.", "Colleague S."],
    }


def test_every_group_has_its_block_in_this_order(session, firm, revision):
    for name, group in reversed(IN_ORDER.items()):
        firm.assign(firm.person(f"{group} X.", "Investigator", email=f"{name.split()[0]}@example.com"), group)
    assert list(offered(session, revision)) == [*IN_ORDER, "Unassigned Staff"]


@pytest.mark.parametrize(("name", "group"), IN_ORDER.items())
def test_whoever_is_assigned_is_named_by_the_groups_singular(session, firm, revision, name, group):
    firm.assign(firm.colleague, group)
    assert "Colleague S." in offered(session, revision)[name]
    assert candidate(session, revision, firm.colleague).group == str(group)


def test_the_primary_contact_stands_first_the_others_by_name(session, firm, revision):
    firm.assign(firm.contact("Ann C.", firm.meridian), Group.CLIENT_CONTACT)
    assert offered(session, revision)["Client Contacts"] == ["Client C.", "Ann C.", "Partner C."]


def test_somebody_in_two_groups_stands_in_both_and_counts_once_in_the_first(session, firm, revision):
    firm.assign(firm.manager, Group.INVESTIGATOR)
    assert "Manager G." in offered(session, revision)["Case Managers"]
    assert "Manager G." in offered(session, revision)["Investigators"]
    assert candidate(session, revision, firm.manager).group == "Case Manager"


def test_contacts_of_nobody_and_of_others_are_not_offered(session, firm, revision):
    firm.contact("Stranger C.", firm.meridian)
    names = {name for block in offered(session, revision).values() for name in block}
    assert not {"Outsider O.", "Stranger C."} & names


@pytest.mark.parametrize("kind", [kind for kind in PersonKind if kind is not PersonKind.EMPLOYEE])
def test_unassigned_staff_are_employees_only(session, firm, revision, kind):
    firm.colleague.kind = kind
    assert offered(session, revision)["Unassigned Staff"] == ["Administrator A."]


@pytest.mark.parametrize("fact", [{"archived_at": clock.now()}, {"access_level": AccessLevel.DISABLED}])
def test_unassigned_staff_who_are_gone_are_not_offered(session, firm, revision, fact):
    for name, value in fact.items():
        setattr(firm.colleague, name, value)
    assert offered(session, revision)["Unassigned Staff"] == ["Administrator A."]


def test_assigned_staff_are_not_unassigned(session, firm, revision):
    firm.assign(firm.colleague, Group.SALESPERSON)
    assert offered(session, revision)["Unassigned Staff"] == ["Administrator A."]


def test_staff_whose_assignment_ended_are_unassigned_again(session, firm, revision, clock):
    firm.assign(firm.colleague, Group.SALESPERSON).ended_at = clock()
    assert "Colleague S." in offered(session, revision)["Unassigned Staff"]
    assert "Salespeople" not in offered(session, revision)


def test_a_contact_whose_assignment_ended_is_not_offered_at_all(session, firm, revision, clock):
    firm.assign(firm.outsider, Group.CLIENT_CONTACT).ended_at = clock()
    assert candidate(session, revision, firm.outsider) is None


def test_usually_everybody_gets_email_and_notification(session, firm, revision):
    assert what(session, revision, firm.client) == (Channel.EMAIL, "")
    assert str(Channel.EMAIL) == "Email + notification"


def test_somebody_without_sign_in_gets_the_email_all_the_same(session, firm, revision):
    assert not firm.partner.can_sign_in
    assert what(session, revision, firm.partner)[0] is Channel.EMAIL


def test_whoever_wants_no_email_for_case_updates_gets_the_notification_only(session, firm, revision):
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    assert what(session, revision, firm.client) == (Channel.NOTIFICATION, "wants no email for case updates")
    assert candidate(session, revision, firm.client).can_be_chosen


def test_where_the_firm_sends_no_email_it_says_so_to_everybody(session, firm, revision):
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    preferences.silence(session, Kind.CASE_UPDATE, True, by=firm.administrator)
    silent = (Channel.NOTIFICATION, "the firm sends no email for case updates")
    assert what(session, revision, firm.client) == what(session, revision, firm.manager) == silent
    assert what(session, revision, firm.partner) == (silent[0], f"{silent[1]}, and they cannot sign in")
    preferences.silence(session, Kind.CASE_UPDATE, False, by=firm.administrator)
    assert what(session, revision, firm.client)[1] == "wants no email for case updates"


def test_another_kind_that_the_firm_silences_changes_nothing(session, firm, revision):
    preferences.silence(session, Kind.REPLY, True, by=firm.administrator)
    assert what(session, revision, firm.client)[0] is Channel.EMAIL


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CASE_UPDATE])
def test_what_somebody_wants_of_other_kinds_changes_nothing(session, firm, revision, kind):
    preferences.choose(session, kind, email=False, by=firm.client)
    assert what(session, revision, firm.client)[0] is Channel.EMAIL


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"access_level": AccessLevel.DISABLED}, "access level is Disabled"),
        ({"archived_at": clock.now()}, "archived"),
        ({"email": None}, "has no email address"),
        ({"access_level": AccessLevel.DISABLED, "email": None}, "access level is Disabled"),
    ],
)
def test_whoever_can_get_nothing_is_blocked_with_the_reason(session, firm, revision, facts, reason):
    for name, value in facts.items():
        setattr(firm.client, name, value)
    assert what(session, revision, firm.client) == (Channel.BLOCKED, reason)
    assert not candidate(session, revision, firm.client).can_be_chosen


def test_a_bounced_address_is_blocked_with_its_day(session, firm, revision, clock):
    firm.client.bounced_at = clock()
    assert what(session, revision, firm.client) == (Channel.BLOCKED, "the address bounced on 23 November")


def test_whoever_may_not_see_the_access_group_is_blocked(session, firm):
    for_us = firm.update(group=firm.staff_only)
    assert what(session, for_us, firm.client) == (Channel.BLOCKED, "may not see “Staff only” updates")
    assert what(session, for_us, firm.investigator)[0] is Channel.EMAIL


def test_unassigned_staff_outside_the_access_group_are_blocked_too(session, firm):
    managers = AccessGroup(name="Managers", roles=[firm.roles["Case Manager"]])
    session.add(managers)
    session.flush()
    secret = firm.update(group=managers, by=firm.manager)
    assert what(session, secret, firm.colleague) == (Channel.BLOCKED, "may not see “Managers” updates")


def test_a_blocked_reason_comes_before_a_preference(session, firm, revision):
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    firm.client.access_level = AccessLevel.DISABLED
    assert what(session, revision, firm.client)[0] is Channel.BLOCKED
