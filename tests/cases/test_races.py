"""Two people at the same moment: a number is given once, a person assigned once, a group has one primary."""

import pytest
from sqlmodel import select

from caseupdates.cases import views
from caseupdates.cases.assigning import Place, assign, end, make_primary, move
from caseupdates.cases.models import Assignment, Case, CaseView, Group
from caseupdates.cases.numbers import NumberTaken
from caseupdates.cases.opening import Facts, close, open_case
from caseupdates.database import writing
from caseupdates.history.models import Event
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Client, Person
from caseupdates.refusals import Invalid, NotFound
from tests.together import together

CASE = "2026-0142"


def at_once(standing, *verbs):
    """Each verb in a transaction of its own, by the manager and the administrator in turn."""

    def run(verb, who):
        def work():
            with writing() as session:
                return verb(session, by=session.get_one(Person, who.id))

        return work

    people = [standing.manager, standing.administrator]
    return together(*(run(verb, people[place % 2]) for place, verb in enumerate(verbs)))


def kinds(answers):
    return sorted(type(each).__name__ for each in answers)


def rows(table):
    with writing() as session:
        return list(session.exec(select(table)))


def live(standing, group=Group.INVESTIGATOR):
    return [e for e in rows(Assignment) if e.case_id == standing.case.id and e.group is group and e.ended_at is None]


@pytest.mark.parametrize("numbers", [("Ref-7", "Ref-7"), ("Ref-7", "rEF-7")])
def test_a_number_is_given_to_one_of_two_cases(standing, numbers):
    facts = [Facts(each, "Stock counts", "Audit", standing.meridian.id) for each in numbers]
    answers = at_once(standing, *(lambda session, by, each=each: open_case(session, each, by=by) for each in facts))
    assert kinds(answers) == ["Case", "NumberTaken"]
    assert len([each for each in rows(Case) if each.number.lower() == "ref-7"]) == 1
    assert isinstance(next(each for each in answers if isinstance(each, Exception)), NumberTaken)


def test_a_client_typed_twice_at_once_is_one(standing):
    facts = [Facts(number, "Stock counts", "Audit", 0, "Quay Stores") for number in ("A-1", "A-2")]
    verbs = [lambda session, by, each=each: open_case(session, each, by=session.get_one(Person, standing.administrator.id)) for each in facts]  # fmt: skip
    answers = at_once(standing, *verbs)
    assert kinds(answers) == ["Case", "Invalid"]
    assert isinstance(next(each for each in answers if isinstance(each, Exception)), Invalid)
    assert len([each for each in rows(Client) if each.name == "Quay Stores"]) == 1


def test_the_same_person_assigned_by_two_is_on_the_case_once_and_told_once(standing):
    place = Place(standing.colleague.id, Group.INVESTIGATOR)
    answers = at_once(standing, *[lambda session, by: assign(session, CASE, [place], by=by)] * 4)
    assert sorted(map(len, answers)) == [0, 0, 0, 1]
    assert len([each for each in live(standing) if each.person_id == standing.colleague.id]) == 1
    assert len([each for each in rows(Notification) if each.person_id == standing.colleague.id]) == 1


def test_of_two_who_make_different_people_primary_the_later_wins_and_one_is(standing):
    with writing() as session:
        manager = session.get_one(Person, standing.manager.id)
        [other] = assign(session, CASE, [Place(standing.colleague.id, Group.INVESTIGATOR)], by=manager)
    ids = [standing.investigators_assignment.id, other.id]
    for _ in range(5):
        at_once(standing, *(lambda session, by, each=each: make_primary(session, each, by=by) for each in ids * 2))
        assert [each.is_primary for each in live(standing)].count(True) == 1


def test_two_new_primaries_at_once_leave_one(standing):
    people = [standing.colleague.id, standing.administrator.id]
    places = [[Place(each, Group.INVESTIGATOR, True)] for each in people]
    at_once(standing, *(lambda session, by, each=each: assign(session, CASE, each, by=by) for each in places))
    assert [each.is_primary for each in live(standing)].count(True) == 1
    assert len(live(standing)) == 3


def test_of_two_who_remove_somebody_one_does(standing):
    which = standing.investigators_assignment.id
    answers = at_once(standing, *[lambda session, by: end(session, which, by=by)] * 2)
    assert kinds(answers) == ["Assignment", "NotFound"]
    assert [each.what for each in rows(Event)].count("person removed") == 1


def test_somebody_who_is_moved_and_removed_at_once_is_gone(standing):
    which = standing.investigators_assignment.id
    answers = at_once(
        standing, lambda session, by: end(session, which, by=by),
        lambda session, by: move(session, which, Group.SALESPERSON, by=by),
    )  # fmt: skip
    assert isinstance(answers[0], Assignment)
    assert isinstance(answers[1], Assignment | NotFound)
    assert live(standing) == live(standing, Group.SALESPERSON) == []


def test_of_two_who_close_a_case_one_does(standing):
    answers = at_once(standing, *[lambda session, by: close(session, CASE, by=by)] * 2)
    assert kinds(answers) == ["Case", "Case"]
    assert [each.what for each in rows(Event)].count("case closed") == 1


def test_two_tabs_that_open_a_case_at_once_leave_one_look(standing):
    def look(session, by):
        return views.note(session, CASE, by=session.get_one(Person, standing.client.id))

    assert at_once(standing, *[look] * 6) == [None] * 6
    assert [each.person_id for each in rows(CaseView)] == [standing.client.id]
