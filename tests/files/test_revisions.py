"""Files of revisions: an edit begins with what there is, and what it changes is its own."""

import pytest
from sqlmodel import select

from caseupdates.cases.models import Group
from caseupdates.files import drafting
from caseupdates.files.access import files_by_revision
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from caseupdates.updates.models import Draft
from caseupdates.updates.writing import Changed
from tests.files.shelf import CASE


@pytest.fixture
def revision(shelf):
    return shelf.update("a.jpg", "b.jpg")


def editing(revision):
    return f"edit:{revision.update_id}:{revision.number}"


def files(shelf, revision):
    return drafting.files_of(shelf.session, revision)


def test_an_edit_begins_with_the_files_of_the_revision(shelf, session, revision):
    assert drafting.files_in_editor(session, CASE, editing(revision), by=shelf.firm.investigator) == files(
        shelf, revision
    )
    assert session.exec(select(Draft)).all() == []


def test_saved_as_it_was_it_keeps_them(shelf, revision):
    assert files(shelf, shelf.edit(revision)) == files(shelf, revision)


def test_a_file_left_out_of_an_edit_stays_with_the_older_revision(shelf, revision):
    first, second = files(shelf, revision)
    edited = shelf.edit(revision, without=[first])
    assert files(shelf, edited) == [second]
    assert files(shelf, revision) == [first, second]


def test_a_file_added_to_an_edit_is_not_with_the_older_revision(shelf, revision):
    edited = shelf.edit(revision, also=["c.jpg"])
    assert shelf.names(edited) == ["a.jpg", "b.jpg", "c.jpg"]
    assert shelf.names(revision) == ["a.jpg", "b.jpg"]


def test_one_file_exchanged_for_another(shelf, revision):
    edited = shelf.edit(revision, without=files(shelf, revision)[:1], also=["a.jpg"])
    assert shelf.names(edited) == ["b.jpg", "a.jpg"]
    assert {each.id for each in files(shelf, edited)} - {each.id for each in files(shelf, revision)}


def test_a_draft_of_an_edit_begins_with_its_text_too(shelf, session, revision):
    file = files(shelf, revision)[0]
    drafting.take_out(session, CASE, editing(revision), file.id, by=shelf.firm.investigator)
    draft = session.exec(select(Draft)).one()
    assert (draft.title, draft.body) == ("Night two", "Two vehicles.")


def test_a_draft_with_every_file_taken_out_has_none(shelf, session, revision):
    edited = shelf.edit(revision, without=files(shelf, revision))
    assert files(shelf, edited) == []
    assert shelf.names(shelf.edit(edited, also=["c.jpg"])) == ["c.jpg"]


def test_the_files_of_a_revision_count_in_the_draft_of_its_edit(shelf, revision, set_to):
    set_to(files_per_update=3)
    shelf.upload(draft=editing(revision))
    with pytest.raises(Invalid, match="at most 3 files"):
        shelf.upload(draft=editing(revision))


def test_an_edit_of_a_text_that_was_changed_meanwhile_keeps_its_files_for_the_next_try(shelf, session, revision):
    mine = editing(revision)
    shelf.upload("mine.jpg", draft=mine)
    by_manager = shelf.firm.text("By the manager")
    drafting.save(session, CASE, mine, by_manager, by=shelf.firm.manager)
    with pytest.raises(Changed), session.begin_nested():
        drafting.save(session, CASE, mine, shelf.firm.text(), by=shelf.firm.investigator)
    left = drafting.files_in_editor(session, CASE, mine, by=shelf.firm.investigator)
    assert [each.name for each in left] == ["a.jpg", "b.jpg", "mine.jpg"]


def test_who_may_not_edit_an_update_adds_no_file_to_it(shelf, session, revision):
    other = shelf.firm.person("Other I.", "Investigator")
    shelf.firm.assign(other, Group.INVESTIGATOR)
    with pytest.raises(NotPermitted):
        shelf.upload(draft=editing(revision), by=other)
    assert session.exec(select(Draft)).all() == []


def test_another_cases_update_is_not_edited_from_this_case(shelf, session, revision):
    shelf.firm.assign(shelf.firm.investigator, Group.INVESTIGATOR, case=shelf.firm.other_case)
    for verb, *rest in ((drafting.files_in_editor,), (drafting.save, shelf.firm.text()), (drafting.begin_draft,)):
        with pytest.raises(NotFound):
            verb(session, "2026-0151", editing(revision), *rest, by=shelf.firm.investigator)


def test_files_by_revision_are_in_their_order_and_nobody_elses(shelf, session, revision):
    bare, other = shelf.firm.update(), shelf.update("c.jpg")
    found = files_by_revision(session, [revision.id, bare.id])
    assert {each: [file.name for file in found[each]] for each in found} == {revision.id: ["a.jpg", "b.jpg"]}
    assert files_by_revision(session, []) == {}
    assert list(files_by_revision(session, [other.id])) == [other.id]
