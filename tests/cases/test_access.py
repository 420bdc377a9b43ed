"""Who sees which case."""

import pytest

from caseupdates import clock
from caseupdates.cases.access import access_groups_of, case_numbered, cases_of, require
from caseupdates.people.models import AccessLevel, Permission
from caseupdates.refusals import NotFound, NotPermitted


def numbers(session, person):
    return sorted(case.number for case in session.exec(cases_of(person)))


def test_full_access_sees_every_case(session, firm):
    assert numbers(session, firm.manager) == ["2026-0142", "2026-0151"]


def test_limited_access_sees_only_what_is_assigned(session, firm):
    assert numbers(session, firm.investigator) == ["2026-0142"]
    assert numbers(session, firm.colleague) == []


def test_a_contact_sees_only_assigned_cases_even_with_full_access(session, firm):
    firm.client.access_level = AccessLevel.FULL
    assert numbers(session, firm.client) == ["2026-0142"]


def test_an_ended_assignment_shows_nothing(session, firm):
    assignment = firm.assign(firm.colleague, "Investigator")
    assert numbers(session, firm.colleague) == ["2026-0142"]
    assignment.ended_at = clock.now()
    session.flush()
    assert numbers(session, firm.colleague) == []


@pytest.mark.parametrize("name", ["manager", "investigator", "client"])
def test_a_disabled_or_archived_person_sees_nothing(session, firm, name):
    person = getattr(firm, name)
    person.access_level = AccessLevel.DISABLED
    assert numbers(session, person) == []
    person.access_level, person.archived_at = AccessLevel.FULL, clock.now()
    assert numbers(session, person) == []


def test_an_outsider_gets_the_answer_of_a_case_that_does_not_exist(session, firm):
    with pytest.raises(NotFound) as hidden:
        case_numbered(session, "2026-0142", by=firm.outsider)
    with pytest.raises(NotFound) as absent:
        case_numbered(session, "2026-9999", by=firm.outsider)
    assert str(hidden.value) == str(absent.value)


def test_a_permission_without_the_case_is_worth_nothing(session, firm):
    with pytest.raises(NotFound):
        require(session, firm.colleague, Permission.CREATE_UPDATES, firm.case)


def test_the_case_without_the_permission_is_not_enough(session, firm):
    with pytest.raises(NotPermitted):
        require(session, firm.investigator, Permission.VALIDATE_UPDATES, firm.case)


def test_a_contact_is_in_the_public_access_group_only(session, firm):
    assert [group.name for group in access_groups_of(session, firm.client)] == ["Public"]
    assert [group.name for group in access_groups_of(session, firm.manager)] == ["Public", "Staff only"]
