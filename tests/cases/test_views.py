"""When somebody last opened a case's page."""

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.cases.models import CaseView
from caseupdates.cases.views import AGAIN, is_due, last_views, note
from caseupdates.refusals import NotFound

CASE = "2026-0142"


def test_a_look_is_noted_for_the_person_who_looks(session, firm, clock):
    assert is_due(session, CASE, by=firm.client)
    note(session, CASE, by=firm.client)
    assert last_views(session, firm.case.id, {firm.client.id, firm.manager.id}) == {firm.client.id: clock()}
    assert session.info["rings"] == {bell.views(firm.case.id)}


def test_another_look_is_due_after_five_minutes(session, firm, clock):
    note(session, CASE, by=firm.client)
    clock.forward(seconds=AGAIN.total_seconds() - 1)
    assert not is_due(session, CASE, by=firm.client)
    clock.forward(seconds=1)
    assert is_due(session, CASE, by=firm.client)
    note(session, CASE, by=firm.client)
    assert last_views(session, firm.case.id, {firm.client.id}) == {firm.client.id: clock()}
    assert len(session.exec(select(CaseView)).all()) == 1


def test_one_persons_look_is_nobody_elses_and_on_no_other_case(session, firm):
    note(session, CASE, by=firm.manager)
    assert is_due(session, CASE, by=firm.client)
    assert is_due(session, "2026-0151", by=firm.manager)


@pytest.mark.parametrize("verb", [is_due, note])
def test_nobody_looks_at_a_case_they_may_not_see(session, firm, verb):
    for person in (firm.outsider, firm.colleague):
        for number in (CASE, "2026-9999", "\0"):
            with pytest.raises(NotFound):
                verb(session, number, by=person)
    assert session.exec(select(CaseView)).all() == []
