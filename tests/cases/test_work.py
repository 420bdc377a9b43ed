"""What somebody works on."""

import pytest

from caseupdates.cases.models import Group
from caseupdates.cases.work import work_of
from caseupdates.people.models import AccessLevel
from caseupdates.refusals import NotPermitted


def seen(session, person, by):
    return [(case.number, str(on.group)) for case, on in work_of(session, person.id, by=by)]


def test_the_cases_of_a_person_newest_activity_first(session, firm, clock):
    firm.assign(firm.investigator, Group.ADDITIONAL_EMPLOYEE, case=firm.other_case)
    clock.forward(hours=1)
    firm.case.last_activity_at = clock()
    assert seen(session, firm.investigator, firm.administrator) == [
        ("2026-0142", "Investigator"),
        ("2026-0151", "Additional Employee"),
    ]


def test_an_ended_assignment_is_none(session, firm, clock):
    firm.investigators_assignment.ended_at = clock()
    session.flush()
    assert seen(session, firm.investigator, firm.administrator) == []
    assert seen(session, firm.colleague, firm.administrator) == []


def test_an_administrator_who_sees_few_cases_is_told_of_no_others(session, firm):
    limited = firm.person("Second A.", "Administrator", level=AccessLevel.LIMITED)
    assert seen(session, firm.client, limited) == []
    firm.assign(limited, Group.CASE_MANAGER)
    assert seen(session, firm.client, limited) == [("2026-0142", "Client Contact")]
    assert seen(session, firm.outsider, limited) == []


@pytest.mark.parametrize("who", ["manager", "client"])
def test_only_who_manages_settings_looks(session, firm, who):
    with pytest.raises(NotPermitted):
        work_of(session, firm.client.id, by=getattr(firm, who))
