"""What the tab "Assigned" and its question show, and what the dialog of a case begins with."""

from datetime import UTC

import pytest

from caseupdates import clock
from caseupdates.cases import views
from caseupdates.cases.assigned.rows import candidate, lost, tab
from caseupdates.cases.dialog.start import start
from caseupdates.cases.models import Group
from caseupdates.cases.offering import Offered
from caseupdates.people.models import AccessLevel, Client
from caseupdates.refusals import NotFound, NotPermitted

CASE = "2026-0142"


def rows(session, firm, by=None):
    """By name: the row of each person in the tab."""
    shown = tab(session, CASE, UTC, by=by or firm.manager)
    return {row.face.name: row for group in shown.groups for row in group.people}


def test_people_stand_by_group(session, firm):
    shown = tab(session, CASE, UTC, by=firm.manager)
    assert [(group.name, [row.face.name for row in group.people]) for group in shown.groups] == [
        ("Client Contacts", ["Client C.", "Partner C."]),
        ("Case Managers", ["Manager G."]),
        ("Investigators", ["Investigator R."]),
    ]
    assert (shown.is_staff, shown.may_arrange) == (True, True)


def test_an_investigator_sees_them_and_may_not_arrange(session, firm):
    shown = tab(session, CASE, UTC, by=firm.investigator)
    assert (len(shown.groups), shown.is_staff, shown.may_arrange) == (3, True, False)


def test_a_contact_is_shown_nobody(session, firm, entitled_client):
    for person in (entitled_client, firm.partner):
        assert tab(session, CASE, UTC, by=person) == ([], False, False)


def test_to_an_outsider_there_is_no_tab(session, firm):
    for person in (firm.outsider, firm.colleague):
        with pytest.raises(NotFound):
            tab(session, CASE, UTC, by=person)


def test_a_row_says_when_they_last_looked(session, firm, clock):
    views.note(session, CASE, by=firm.client)
    shown = rows(session, firm)
    assert (shown["Client C."].viewed, shown["Partner C."].viewed) == ("today 09:00", "never")
    clock.forward(days=1)
    assert rows(session, firm)["Client C."].viewed == "yesterday 09:00"


def test_a_row_says_who_cannot_sign_in_or_is_archived(session, firm):
    firm.investigator.archived_at = clock.now()
    shown = rows(session, firm)
    assert shown["Client C."].about == "Meridian Freight Ltd · client@example.com"
    assert shown["Partner C."].about == "Meridian Freight Ltd · partner@example.com · cannot sign in"
    assert shown["Investigator R."].about == "investigator@example.com · archived"
    assert shown["Investigator R."].moves == []


def test_a_row_offers_only_groups_that_fit_and_are_free(session, firm):
    firm.assign(firm.investigator, Group.SALESPERSON)
    shown = rows(session, firm)
    assert shown["Client C."].moves == []
    assert shown["Investigator R."].moves == ["Case Manager", "Additional Employee"]


def test_the_dialog_names_company_role_and_what_they_are_already(session, firm):
    offer = Offered(firm.investigator, (Group.CASE_MANAGER,), (Group.INVESTIGATOR,))
    row = candidate(offer, None, "Investigator")
    assert (row.about, row.group, row.is_chosen) == ("Investigator · Investigator on this case", "Case Manager", False)
    row = candidate(Offered(firm.client, (Group.CLIENT_CONTACT,), ()), ("Client Contact", True), "Client Contact")
    assert (row.about, row.is_chosen, row.is_primary) == ("client contact · Meridian Freight Ltd", True, True)


def test_before_somebody_is_removed_it_is_said_what_they_lose(session, firm):
    assert lost(session, firm.investigators_assignment.id, by=firm.manager) == (
        "Investigator R.", "They no longer see this case.", False,
    )  # fmt: skip
    firm.investigator.access_level = AccessLevel.FULL
    assert lost(session, firm.investigators_assignment.id, by=firm.manager)[1].startswith("They still see it")
    firm.assign(firm.investigator, Group.SALESPERSON)
    assert "another group" in lost(session, firm.investigators_assignment.id, by=firm.manager)[1]


def test_whoever_removes_themselves_is_warned(session, firm, limited):
    own = next(row for row in rows(session, firm).values() if row.face.name == "Limited M.")
    assert lost(session, own.id, by=limited) == ("Limited M.", "You will no longer see this case.", True)
    limited.access_level = AccessLevel.FULL
    assert lost(session, own.id, by=limited)[2] is False


def test_a_new_case_begins_with_a_number_the_clients_and_the_types_in_use(session, firm):
    firm.other_case.case_type = "Tenancy"
    firm._case("2026-0152", "Another", firm.meridian)
    begun = start(session, "", 2026, by=firm.manager)
    assert begun.facts == ("2026-0153", "", "", 0, "")
    assert begun.clients == [
        (firm.other_client.id, "Harbour Street Lettings"), (firm.meridian.id, "Meridian Freight Ltd"),
    ]  # fmt: skip
    assert begun.types == ["Surveillance", "Tenancy"]
    assert (begun.may_add_clients, begun.ask) == (False, "Administrator A.")
    assert start(session, "", 2027, by=firm.administrator).facts.number == "2027-0001"
    assert start(session, "", 2027, by=firm.administrator).may_add_clients


def test_only_types_of_cases_one_sees_are_suggested(session, firm, limited):
    firm.other_case.case_type = "A secret kind"
    assert start(session, "", 2026, by=limited).types == ["Surveillance"]


def test_a_change_begins_with_what_is_there(session, firm):
    begun = start(session, CASE, 2026, by=firm.manager)
    assert begun.facts == (CASE, "Warehouse losses, Quay Street", "Surveillance", firm.meridian.id, "")


def test_the_dialog_opens_for_those_alone_who_may_arrange(session, firm, limited, entitled_client):
    for person in (firm.investigator, entitled_client, firm.outsider):
        for number in ("", CASE):
            with pytest.raises(NotPermitted):
                start(session, number, 2026, by=person)
    with pytest.raises(NotFound):
        start(session, "2026-0151", 2026, by=limited)


def test_without_anybody_who_manages_settings_an_administrator_is_asked(session, firm):
    firm.administrator.archived_at = clock.now()
    assert start(session, "", 2026, by=firm.manager).ask == "an administrator"
    assert session.get(Client, firm.meridian.id)
