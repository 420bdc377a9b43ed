"""Lists of cases, and who is on one."""

from datetime import timedelta

import pytest

from caseupdates import clock
from caseupdates.cases import listing
from caseupdates.cases.models import Group


def found(session, person, text="", **options):
    return [case.number for case in listing.search(session, text, by=person, **options)]


@pytest.mark.parametrize(
    "text",
    ["2026-0142", "0142", "Warehouse", "Meridian", "  quay   STREET ", "freight losses 0142", "LTD", "losses,"],
)
def test_a_case_is_found_by_words_of_its_number_title_and_client(session, firm, text):
    assert found(session, firm.manager, text) == ["2026-0142"]


@pytest.mark.parametrize("text", ["nothing like it", "Warehouse tenancy", "2026-0142 lettings", "Surveillance"])
def test_every_word_has_to_be_there(session, firm, text):
    assert found(session, firm.manager, text) == []


@pytest.mark.parametrize("text", ["", "   ", "2026", "street", "T"])
def test_words_of_several_cases_find_several(session, firm, text):
    assert sorted(found(session, firm.manager, text)) == ["2026-0142", "2026-0151"]


@pytest.mark.parametrize("text", ["%", "_", "2026_0142", "Ware%house", "\\", "'", "/"])
def test_signs_of_the_database_mean_only_themselves(session, firm, text):
    assert found(session, firm.manager, text) == []


@pytest.mark.parametrize(
    ("title", "text"), [("Losses of 100 % at Quay_7", "100 %"), ("At Quay_7", "y_7"), ("A\\B", "\\")]
)
def test_such_signs_are_found_where_they_stand(session, firm, title, text):
    firm.other_case.title = title
    assert found(session, firm.manager, text) == ["2026-0151"]


@pytest.mark.parametrize("text", ["ÜBERWACHUNG", "überwachung", "Łódź", "łódź", "ŁÓDŹ"])
def test_letters_with_accents_match_in_either_case(session, firm, text):
    firm.other_case.title = "Überwachung in Łódź"
    assert found(session, firm.manager, text) == ["2026-0151"]


def test_a_search_finds_only_what_the_person_may_see(session, firm):
    assert found(session, firm.client, "2026") == ["2026-0142"]
    assert found(session, firm.outsider, "2026") == ["2026-0151"]
    assert found(session, firm.colleague, "2026") == []


def test_the_newest_activity_comes_first_and_of_equal_ones_the_newest_case(session, firm):
    assert found(session, firm.manager) == ["2026-0151", "2026-0142"]
    firm.case.last_activity_at += timedelta(seconds=1)
    assert found(session, firm.manager) == ["2026-0142", "2026-0151"]


def test_a_list_is_as_long_as_asked_for(session, firm):
    assert found(session, firm.manager, limit=1) == ["2026-0151"]
    assert found(session, firm.manager, limit=2) == ["2026-0151", "2026-0142"]


def test_people_on_a_case_stand_by_group_primary_first_then_by_name(session, firm):
    firm.assign(firm.contact("Zoe C.", firm.meridian), Group.CLIENT_CONTACT)
    firm.assign(firm.contact("Ann C.", firm.meridian), Group.CLIENT_CONTACT)
    firm.assign(firm.person("Sales B.", "Investigator"), Group.SALESPERSON)
    assert on_case(session, firm) == [
        "Client C.",
        "Ann C.",
        "Partner C.",
        "Zoe C.",
        "Manager G.",
        "Investigator R.",
        "Sales B.",
    ]


def test_somebody_may_be_on_a_case_in_two_groups(session, firm):
    firm.assign(firm.manager, Group.INVESTIGATOR)
    assert on_case(session, firm).count("Manager G.") == 2


def test_an_ended_assignment_is_not_listed_and_may_begin_again(session, firm):
    firm.assign(firm.colleague, Group.INVESTIGATOR).ended_at = clock.now()
    assert "Colleague S." not in on_case(session, firm)
    firm.assign(firm.colleague, Group.INVESTIGATOR)
    assert on_case(session, firm).count("Colleague S.") == 1


def on_case(session, firm):
    session.flush()
    return [each.person.name for each in listing.assignments(session, firm.case)]
