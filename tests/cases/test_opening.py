"""Open a case, change what it is called, close it, open it again."""

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.cases import opening
from caseupdates.cases.access import cases_of
from caseupdates.cases.listing import assignments
from caseupdates.cases.models import Group
from caseupdates.cases.numbers import NumberStays, NumberTaken
from caseupdates.cases.opening import ClientStays, change, close, open_case, reopen
from caseupdates.history.models import Area, Event
from caseupdates.history.record import record
from caseupdates.notifications import listing
from caseupdates.notifications.notify import notify
from caseupdates.people.models import AccessLevel, Client, Kind, Permission, RolePermission
from caseupdates.refusals import Invalid, NotFound, NotPermitted


def lines(session):
    """What history says of cases and people, oldest first."""
    areas = [Area.CASES, Area.PEOPLE]
    return [(each.what, each.about) for each in session.exec(select(Event).order_by(Event.id)) if each.area in areas]


def test_an_opened_case_is_there_from_now_on(session, firm, facts, clock):
    case = open_case(session, facts(title="  Stock \n counts "), by=firm.manager)
    assert (case.number, case.title, case.case_type, case.client.name) == (
        "2026-0152", "Stock counts", "Audit", "Meridian Freight Ltd",
    )  # fmt: skip
    assert (case.opened_at, case.last_activity_at, case.closed_at) == (clock(), clock(), None)
    assert lines(session) == [("case opened", "Stock counts")]
    assert session.info["rings"] == {bell.CASES}


def test_with_full_access_nobody_is_assigned_by_opening(session, firm, facts):
    assert assignments(session, open_case(session, facts(), by=firm.manager)) == []


def test_with_limited_access_whoever_opens_a_case_becomes_its_manager_and_sees_it(session, firm, facts, limited):
    case = open_case(session, facts(), by=limited)
    [own] = assignments(session, case)
    assert (own.person_id, own.group, own.is_primary) == (limited.id, Group.CASE_MANAGER, True)
    assert case in session.exec(cases_of(limited)).all()
    assert lines(session)[-1] == ("person assigned", "Limited M. · Case Manager")
    assert listing.unread(session, by=limited) == 0


@pytest.mark.parametrize("name", ["investigator", "colleague", "client", "partner", "outsider"])
def test_others_than_those_who_assign_open_no_case(session, firm, facts, name):
    with pytest.raises(NotPermitted):
        open_case(session, facts(), by=getattr(firm, name))


def test_a_contact_opens_no_case_whatever_the_role_carries(session, firm, facts, entitled_client):
    with pytest.raises(NotPermitted):
        open_case(session, facts(), by=entitled_client)
    for verb in (close, reopen):
        with pytest.raises(NotPermitted):
            verb(session, "2026-0142", by=entitled_client)
    with pytest.raises(NotPermitted):
        change(session, "2026-0142", facts(), by=entitled_client)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": ""}, "Please give the case a number."),
        ({"title": "  "}, "Please give the case a title."),
        ({"title": "x" * 201}, "A case’s title has at most 200 characters."),
        ({"case_type": ""}, "Please give the case a type."),
        ({"case_type": "x" * 81}, "A case’s type has at most 80 characters."),
        ({"client_id": 0}, "Please choose the client the case is worked for."),
        ({"client_id": 999_999}, "Please choose the client the case is worked for."),
        ({"client_id": -1}, "Please choose the client the case is worked for."),
    ],
)
def test_what_is_missing_or_too_long_is_said(session, firm, facts, typed, said):
    with pytest.raises(Invalid) as refused:
        open_case(session, facts(**typed), by=firm.manager)
    assert str(refused.value) == said


def test_the_longest_title_and_type_are_taken(session, firm, facts):
    case = open_case(session, facts(title="x" * 200, case_type="y" * 80), by=firm.manager)
    assert (len(case.title), len(case.case_type)) == (200, 80)


def test_a_number_is_given_once(session, firm, facts):
    open_case(session, facts(number="Ref-7"), by=firm.manager)
    with pytest.raises(NumberTaken):
        open_case(session, facts(number="REF-7"), by=firm.manager)


def test_whoever_manages_settings_types_a_new_client_with_the_case(session, firm, facts):
    case = open_case(session, facts(client_id=0, new_client="  Quay   Stores "), by=firm.administrator)
    assert case.client.name == "Quay Stores"
    assert lines(session) == [("client added", "Quay Stores"), ("case opened", "Stock counts")]
    assert bell.SETTINGS in session.info["rings"]


def test_nobody_else_adds_a_client(session, firm, facts):
    with pytest.raises(NotPermitted):
        open_case(session, facts(client_id=0, new_client="Quay Stores"), by=firm.manager)
    assert session.exec(select(Client).where(Client.name == "Quay Stores")).first() is None


@pytest.mark.parametrize("name", ["Meridian Freight Ltd", "MERIDIAN freight ltd", "x" * 200])
def test_a_client_that_is_there_already_or_has_an_endless_name_is_refused(session, firm, facts, name):
    with pytest.raises(Invalid):
        open_case(session, facts(client_id=0, new_client=name), by=firm.administrator)


def test_a_changed_case_is_called_otherwise_at_once(session, firm, facts):
    case = change(session, "2026-0142", facts(number="2026-0142", title="Losses", case_type="Theft"), by=firm.manager)
    assert (case.id, case.number, case.title, case.case_type) == (firm.case.id, "2026-0142", "Losses", "Theft")
    assert lines(session) == [("case changed", "Losses · title, type")]
    assert session.info["rings"] == {bell.case(case.id), bell.CASES}


def test_changing_nothing_is_no_change(session, firm, facts):
    same = facts(number="2026-0142", title=firm.case.title, case_type=firm.case.case_type)
    change(session, "2026-0142", same, by=firm.manager)
    assert lines(session) == []
    assert "rings" not in session.info


def test_a_wrong_number_can_be_put_right_and_those_who_were_told_still_find_the_case(session, firm, facts):
    case = open_case(session, facts(number="2062-0152"), by=firm.manager)
    notify(session, [firm.client], Kind.ASSIGNED, "You were assigned", "Stock counts", path=case.path)
    change(session, "2062-0152", facts(number="2026 0152"), by=firm.manager)
    assert [each.path for each in listing.newest(session, by=firm.client)] == ["/cases/2026%200152"]
    with pytest.raises(NotFound):
        change(session, "2062-0152", facts(), by=firm.manager)


def test_only_the_letters_of_a_number_may_change_too(session, firm, facts):
    open_case(session, facts(number="ref-7"), by=firm.manager)
    assert change(session, "ref-7", facts(number="REF-7"), by=firm.manager).number == "REF-7"


def test_no_case_gets_the_number_of_another(session, firm, facts):
    with pytest.raises(NumberTaken):
        change(session, "2026-0142", facts(number="2026-0151"), by=firm.manager)


@pytest.mark.parametrize("area", [Area.UPDATES, Area.SENDING, Area.FILES])
def test_once_something_stands_under_its_number_the_number_stays(session, firm, facts, area):
    record(session, area, "something", by=firm.manager, case_id=firm.case.id)
    with pytest.raises(NumberStays):
        change(session, "2026-0142", facts(number="2026-0200"), by=firm.manager)
    assert change(session, "2026-0142", facts(number="2026-0142", title="Losses"), by=firm.manager).title == "Losses"


def test_a_case_gets_another_client_only_without_contacts_of_the_old_one(session, firm, facts, clock):
    other = facts(number="2026-0142", client_id=firm.other_client.id)
    with pytest.raises(ClientStays, match="Contacts of Meridian Freight Ltd are assigned"):
        change(session, "2026-0142", other, by=firm.manager)
    for each in assignments(session, firm.case):
        if each.group is Group.CLIENT_CONTACT:
            each.ended_at = clock()
    assert change(session, "2026-0142", other, by=firm.manager).client.name == "Harbour Street Lettings"
    assert lines(session)[-1][1].endswith("client")


def test_closing_is_written_down_and_seen_at_once(session, firm, clock):
    case = close(session, "2026-0142", by=firm.manager)
    assert case.closed_at == clock()
    assert lines(session) == [("case closed", case.title)]
    assert session.info["rings"] == {bell.case(case.id), bell.CASES}


def test_a_second_closing_and_a_second_reopening_change_nothing(session, firm, clock):
    first = close(session, "2026-0142", by=firm.manager).closed_at
    clock.forward(hours=1)
    assert close(session, "2026-0142", by=firm.manager).closed_at == first
    assert reopen(session, "2026-0142", by=firm.manager).closed_at is None
    assert reopen(session, "2026-0142", by=firm.manager).closed_at is None
    assert [what for what, _ in lines(session)] == ["case closed", "case reopened"]


VERBS = {
    "change": lambda session, facts, by: change(session, "2026-0142", facts(number="2026-0142"), by=by),
    "close": lambda session, facts, by: close(session, "2026-0142", by=by),
    "reopen": lambda session, facts, by: reopen(session, "2026-0142", by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_who_sees_the_case_without_assigning_may_not_arrange_it(session, firm, facts, verb):
    for person in (firm.investigator, firm.client):
        with pytest.raises(NotPermitted):
            VERBS[verb](session, facts, person)


@pytest.mark.parametrize("verb", VERBS)
def test_to_an_outsider_the_case_does_not_exist(session, firm, facts, verb):
    entitled = firm.person("Stranger M.", "Case Manager")
    for person in (firm.outsider, firm.colleague, entitled):
        with pytest.raises(NotFound):
            VERBS[verb](session, facts, person)


@pytest.mark.parametrize("level", [AccessLevel.LIMITED, AccessLevel.FULL])
def test_assigning_users_is_the_permission_it_takes(session, firm, facts, level):
    firm.colleague.access_level = level
    with pytest.raises(NotPermitted):
        open_case(session, facts(), by=firm.colleague)
    firm.colleague.role.grants.append(
        RolePermission(role_id=firm.colleague.role_id, permission=Permission.ASSIGN_USERS)
    )
    session.flush()
    assert open_case(session, facts(), by=firm.colleague).number == "2026-0152"
    firm.colleague.access_level = AccessLevel.DISABLED
    with pytest.raises(NotPermitted):
        open_case(session, facts(number="2026-0153"), by=firm.colleague)


def test_the_facts_are_the_columns(facts):
    assert set(opening.SAID) == set(facts()._fields) - {"new_client"}
