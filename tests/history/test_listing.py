"""Reading history: whose lines, which of them, in what order."""

import time

import pytest
from sqlalchemy import insert, text

from caseupdates.cases.models import Assignment
from caseupdates.history.listing import PAGE, Wanted, of_case, of_firm
from caseupdates.history.models import Area, Event
from caseupdates.history.record import network, record
from caseupdates.history.rows import lines_of_case
from caseupdates.people.models import Permission, RolePermission
from caseupdates.refusals import NotFound, NotPermitted
from tests.files.shelf import counted

MANY = 20_000  # lines; four years of a busy firm
ALL = Wanted()


@pytest.fixture
def story(session, firm, clock):
    """Four lines of the case, one of another, two of none; a minute between them."""
    for area, what, by, case, about in (
        (Area.CASES, "case opened", None, firm.case, ""),
        (Area.UPDATES, "update written", firm.investigator, firm.case, "Night two: the side gate"),
        (Area.UPDATES, "update validated", firm.manager, firm.case, "Night two: the side gate"),
        (Area.SENDING, "update sent", firm.manager, firm.case, "Night two · 2 recipients"),
        (Area.FILES, "file added", firm.manager, firm.other_case, "100 % of Łódź_7.pdf"),
        (Area.SETTINGS, "firm changed", firm.administrator, None, "name: Quay"),
        (Area.PEOPLE, "signed in", firm.administrator, None, ""),
    ):
        record(session, area, what, by=by, case_id=case and case.id, about=about)
        clock.forward(minutes=1)
    session.flush()
    return firm


def whats(lines):
    return [line.event.what for line in lines]


def test_a_case_shows_its_own_lines_newest_first(session, story):
    lines = of_case(session, story.case.id, ALL, by=story.manager)
    assert whats(lines) == ["update sent", "update validated", "update written", "case opened"]
    assert {line.case_number for line in lines} == {"2026-0142"}


def test_the_firm_shows_every_line_with_the_number_of_its_case(session, story):
    lines = of_firm(session, ALL, by=story.administrator)
    assert [(each.event.what, each.case_number) for each in lines[:4]] == [
        ("signed in", ""), ("firm changed", ""), ("file added", "2026-0151"), ("update sent", "2026-0142"),
    ]  # fmt: skip
    assert len(lines) == 7


def test_what_was_written_down_later_about_an_earlier_hour_stands_at_its_hour(session, story, clock):
    clock.forward(minutes=-5, seconds=-30)
    record(session, Area.FILES, "file added", by=story.manager, case_id=story.case.id)
    assert whats(of_case(session, story.case.id, ALL, by=story.manager)) == [
        "update sent", "update validated", "file added", "update written", "case opened",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["manager", "investigator", "client", "outsider"])
def test_the_firms_history_is_for_who_manages_settings(session, story, who):
    with pytest.raises(NotPermitted):
        of_firm(session, ALL, by=getattr(story, who))


def test_a_cases_history_is_for_employees_who_may_view_it(session, story):
    assert len(of_case(session, story.case.id, ALL, by=story.investigator)) == 4
    for permission in (
        each for each in story.roles["Investigator"].grants if each.permission == Permission.VIEW_HISTORY
    ):
        story.roles["Investigator"].grants.remove(permission)
    with pytest.raises(NotPermitted):
        of_case(session, story.case.id, ALL, by=story.investigator)


def test_a_contact_reads_no_history_whatever_their_role(session, story):
    story.roles["Client Contact"].grants.append(RolePermission(permission=Permission.VIEW_HISTORY))
    with pytest.raises(NotPermitted):
        of_case(session, story.case.id, ALL, by=story.client)


@pytest.mark.parametrize(
    ("who", "number"),
    [
        ("colleague", "2026-0142"),
        ("investigator", "2026-0151"),
        ("outsider", "2026-0142"),
        ("manager", "2026-9999"),
        ("manager", "\0"),
    ],
)
def test_a_case_that_is_not_theirs_has_no_history(session, story, who, number):  # fmt: skip
    with pytest.raises(NotFound):
        lines_of_case(session, number, ALL, by=getattr(story, who), limit=PAGE)


def test_with_the_assignment_the_history_is_gone(session, story, clock):
    session.get(Assignment, story.investigators_assignment.id).ended_at = clock()
    session.flush()
    with pytest.raises(NotFound):
        lines_of_case(session, "2026-0142", ALL, by=story.investigator, limit=PAGE)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sent", ["update sent"]),
        ("SIDE gate", ["update validated", "update written"]),
        ("night manager", ["update sent", "update validated"]),
        ("gate written investigator", ["update written"]),
        ("r.", ["update written"]),  # Investigator R.
        ("administrator", ["signed in", "firm changed"]),
        ("2026-0151", ["file added"]),
        ("0142 validated", ["update validated"]),
        ("łódź", ["file added"]),
        ("100 % _7", ["file added"]),
        ("%", ["file added"]),
        ("_", ["file added"]),
        ("'", []),
        ("\\", []),
        ("night harbour", []),
        ("   ", ["signed in", "firm changed", "file added", "update sent", "update validated", "update written", "case opened"]),
    ],
)  # fmt: skip
def test_a_search_finds_lines_with_every_word_in_what_about_who_or_case(session, story, words, found):
    assert whats(of_firm(session, Wanted(words), by=story.administrator)) == found


def test_a_search_on_a_case_stays_on_it(session, story):
    assert whats(of_case(session, story.case.id, Wanted("manager"), by=story.manager)) == [
        "update sent",
        "update validated",
    ]


@pytest.mark.parametrize("area", list(Area))
def test_a_kind_shows_the_lines_of_its_area(session, story, area):
    lines = of_firm(session, Wanted(area=area), by=story.administrator)
    assert {line.event.area for line in lines} == {area}


def test_page_by_page_no_line_is_left_out_or_twice(session, story):
    record(session, Area.PEOPLE, "signed out", by=story.administrator)  # at the same moment as nothing
    record(session, Area.PEOPLE, "signed in", by=story.administrator)  # at the same moment as the one before
    everything, seen, last = of_firm(session, ALL, by=story.administrator), [], None
    while page := of_firm(session, Wanted(before=last), by=story.administrator, limit=2):
        seen += page
        last = page[-1].event
    assert [each.event.id for each in seen] == [each.event.id for each in everything]
    assert len(seen) == 9


def test_only_as_many_lines_as_asked_for_are_read(session, story):
    assert len(of_firm(session, ALL, by=story.administrator, limit=3)) == 3


def test_a_line_says_where_it_was_done_from(session, story):
    token = network.set("192.0.2.7")
    record(session, Area.PEOPLE, "signed in", by=story.manager)
    network.reset(token)
    assert of_firm(session, ALL, by=story.administrator, limit=1)[0].event.network == "192.0.2.7"


def test_however_many_lines_one_query_finds_them_soon(standing, capsys):
    """Prints how soon; a word that stands in no line is the slowest, for every line is looked at."""
    from caseupdates.database import reading, writing

    with writing() as session:
        cases, people = [standing.case.id, standing.other_case.id, None], [standing.manager.id, None]
        session.execute(
            insert(Event),
            [
                {"at": standing.case.opened_at, "area": list(Area)[number % 6], "what": "update validated", "network": "192.0.2.7",
                 "about": f"Night {number}", "case_id": cases[number % 3], "person_id": people[number % 2]}
                for number in range(MANY)
            ],
        )  # fmt: skip
        session.execute(text("ANALYZE"))
    with reading() as session:
        administrator = session.merge(standing.administrator)
        assert administrator.role.permissions
        for words in ("", "99999", "manager 0151", "nowhere"):
            begun = time.perf_counter()
            with counted() as asked:
                found = of_firm(session, Wanted(words), by=administrator)
            took = time.perf_counter() - begun
            with capsys.disabled():
                print(f" “{words}” in {MANY:,} lines: {len(found)} found in {took * 1_000:.0f} ms;", end="")
            assert took < 2
            assert sum("FROM history" in str(each) for each in asked) == 1
