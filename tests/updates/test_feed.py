"""Which updates a person sees, and in which revision."""

import pytest

from caseupdates.cases.models import Group
from caseupdates.people.models import AccessLevel
from caseupdates.refusals import NotFound
from caseupdates.updates import feed
from caseupdates.updates.writing import revise, write


def titles(session, firm, person, **options):
    return [revision.title for revision in feed.feed(session, firm.case, by=person, **options)]


def test_an_unvalidated_update_is_seen_by_staff_and_by_no_contact(session, firm):
    revision = firm.update("Night two", validated=False)
    assert titles(session, firm, firm.investigator) == titles(session, firm, firm.manager) == ["Night two"]
    assert titles(session, firm, firm.client) == []
    with pytest.raises(NotFound):
        feed.update_shown(session, revision.update_id, by=firm.client)


def test_a_validated_update_is_seen_by_the_contacts_of_the_case(session, firm):
    firm.update("Night two")
    assert titles(session, firm, firm.client) == titles(session, firm, firm.partner) == ["Night two"]


@pytest.mark.parametrize("name", ["outsider", "colleague"])
def test_nobody_outside_the_case_sees_it(session, firm, name):
    revision = firm.update()
    assert titles(session, firm, getattr(firm, name)) == []
    with pytest.raises(NotFound):
        feed.update_shown(session, revision.update_id, by=getattr(firm, name))


@pytest.mark.parametrize("made_up", [0, -1, 404])
def test_hidden_and_absent_get_the_same_answer(session, firm, made_up):
    hidden = firm.update(group=firm.staff_only)
    with pytest.raises(NotFound) as of_hidden:
        feed.update_shown(session, hidden.update_id, by=firm.client)
    with pytest.raises(NotFound) as of_absent:
        feed.update_shown(session, made_up, by=firm.client)
    assert str(of_hidden.value) == str(of_absent.value)


def test_a_contact_outside_the_access_group_does_not_see_even_what_is_validated(session, firm):
    firm.update("For us", group=firm.staff_only)
    assert titles(session, firm, firm.client) == []
    assert titles(session, firm, firm.investigator) == ["For us"]


def test_staff_outside_the_access_group_do_not_either(session, firm):
    firm.staff_only.roles = [firm.roles["Investigator"], firm.roles["Administrator"]]
    firm.update("For investigators", group=firm.staff_only, validated=False)
    assert titles(session, firm, firm.manager) == []
    assert titles(session, firm, firm.investigator) == ["For investigators"]


def test_an_edit_shows_staff_the_new_text_and_contacts_the_validated_one(session, firm):
    second = firm.edit(firm.update("First words"), "Second words")
    assert titles(session, firm, firm.manager) == ["Second words"]
    assert titles(session, firm, firm.client) == ["First words"]
    firm.validate(second)
    assert titles(session, firm, firm.client) == ["Second words"]


def test_of_several_edits_a_contact_sees_the_newest_validated(session, firm):
    second = firm.validate(firm.edit(firm.update("One"), "Two"))
    firm.edit(firm.edit(second, "Three"), "Four")
    assert titles(session, firm, firm.client) == ["Two"]
    assert titles(session, firm, firm.investigator) == ["Four"]


def test_a_contact_loses_an_update_only_when_its_new_access_group_is_validated(session, firm):
    second = firm.edit(firm.update("Two vehicles"), group=firm.staff_only)
    assert titles(session, firm, firm.client) == ["Two vehicles"]
    firm.validate(second)
    assert titles(session, firm, firm.client) == []


def test_a_contact_gains_an_update_only_when_its_new_access_group_is_validated(session, firm):
    second = firm.edit(firm.update(group=firm.staff_only), "Two vehicles")
    assert titles(session, firm, firm.client) == []
    firm.validate(second)
    assert titles(session, firm, firm.client) == ["Two vehicles"]


@pytest.mark.parametrize("fact", [{"access_level": AccessLevel.DISABLED}, {"kind": "employee"}])
def test_a_contacts_row_alone_opens_nothing_more(session, firm, fact):
    """A disabled contact sees nothing; the kind alone does not widen the cases."""
    firm.update()
    for name, value in fact.items():
        setattr(firm.outsider, name, value)
    session.flush()
    assert titles(session, firm, firm.outsider) == []


def test_the_newest_update_comes_first_and_an_edit_does_not_move_it(session, firm):
    old = firm.update("Old")
    firm.update("New")
    firm.edit(old, "Old, edited")
    assert titles(session, firm, firm.manager) == ["New", "Old, edited"]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_feed_is_as_long_as_asked_for(session, firm, limit):
    for title in ("One", "Two", "Three"):
        firm.update(title)
    assert titles(session, firm, firm.manager, limit=limit) == ["Three", "Two", "One"][:limit]


def test_a_feed_has_only_its_own_cases_updates(session, firm):
    write(session, "2026-0151", firm.text("Elsewhere"), by=firm.manager)
    assert titles(session, firm, firm.manager) == []
    assert [each.title for each in feed.feed(session, firm.other_case, by=firm.manager)] == ["Elsewhere"]


def test_updates_and_those_that_wait_are_counted_as_the_person_sees_them(session, firm):
    firm.update()
    firm.update(validated=False)
    firm.edit(firm.update(group=firm.staff_only), group=firm.staff_only)
    assert feed.count(session, firm.case, by=firm.manager) == (3, 2)
    assert feed.count(session, firm.case, by=firm.client) == (1, 0)
    assert feed.count(session, firm.case, by=firm.outsider) == (0, 0)


def test_what_waits_is_counted_by_case_and_contacts_see_none_of_it(session, firm):
    firm.update(validated=False)
    firm.edit(firm.update())
    firm.update()
    ids = [firm.case.id, firm.other_case.id]
    assert feed.waiting_by_case(session, ids, by=firm.manager) == {firm.case.id: 2}
    assert feed.waiting_by_case(session, ids, by=firm.client) == {}
    assert feed.waiting_by_case(session, [firm.other_case.id], by=firm.manager) == {}
    assert feed.waiting_by_case(session, [], by=firm.manager) == {}


def test_an_update_may_be_seen_by_exactly_those_who_find_it(session, firm):
    update_id = firm.update(group=firm.staff_only).update_id
    seers = [
        name
        for name in ("manager", "investigator", "colleague", "client", "outsider")
        if sees(session, firm, name, update_id)
    ]
    assert seers == ["manager", "investigator"]


def sees(session, firm, name, update_id):
    return feed.is_shown(session, update_id, to=getattr(firm, name))


def test_somebody_who_leaves_the_case_sees_its_updates_no_more(session, firm, clock):
    firm.update()
    assignment = firm.assign(firm.colleague, Group.INVESTIGATOR)
    assert titles(session, firm, firm.colleague) == ["Night two"]
    assignment.ended_at = clock()
    session.flush()
    assert titles(session, firm, firm.colleague) == []


def test_an_edit_of_what_a_contact_holds_open_never_changes_it(session, firm):
    held = feed.update_shown(session, firm.update("First words").update_id, by=firm.client)
    revise(session, held.update_id, firm.text("Second words"), seen=1, by=firm.manager)
    session.refresh(held)
    assert (held.title, held.number) == ("First words", 1)
