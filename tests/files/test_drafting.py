"""Files in the editor: they wait in a draft, survive, and go with the update when it is saved."""

import pytest
from sqlmodel import select

from caseupdates.database import reading, writing
from caseupdates.files import drafting
from caseupdates.files.models import DraftFile, RevisionFile
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from caseupdates.updates import drafts
from caseupdates.updates.models import Draft, Revision
from tests.files.shelf import CASE, Shelf
from tests.together import together


def waiting(session, person, about="new"):
    return [each.name for each in drafting.files_in_editor(session, CASE, about, by=person)]


def test_files_wait_in_the_order_in_which_they_came(shelf, session):
    for name in ("b.jpg", "a.jpg", "c.jpg"):
        shelf.upload(name, draft="new")
    assert waiting(session, shelf.firm.investigator) == ["b.jpg", "a.jpg", "c.jpg"]


def test_files_survive_a_closed_tab(standing):
    with writing() as session:
        Shelf(session, standing).upload("plate.jpg", draft="new")
    with reading() as session:
        assert waiting(session, standing.investigator) == ["plate.jpg"]


def test_typing_on_keeps_the_files_and_a_file_keeps_what_was_typed(shelf, session):
    text, by = shelf.firm.text("Night", "Two veh"), shelf.firm.investigator
    drafting.keep(session, CASE, "new", text, by=by)
    shelf.upload("plate.jpg", draft="new")
    assert drafts.kept(session, CASE, "new", by=by).body == "Two veh"
    drafting.keep(session, CASE, "new", text._replace(body="Two vehicles"), by=by)
    assert waiting(session, by) == ["plate.jpg"]
    assert drafts.kept(session, CASE, "new", by=by).body == "Two vehicles"


def test_a_draft_and_its_files_are_ones_own(shelf, session):
    shelf.upload("mine.jpg", draft="new")
    shelf.upload("theirs.jpg", draft="new", by=shelf.firm.manager)
    assert waiting(session, shelf.firm.investigator) == ["mine.jpg"]
    assert waiting(session, shelf.firm.manager) == ["theirs.jpg"]


def test_nobody_takes_a_file_out_of_anothers_draft(shelf, session):
    file = shelf.upload("mine.jpg", draft="new")
    with pytest.raises(NotFound):
        drafting.take_out(session, CASE, "new", file.id, by=shelf.firm.manager)
    assert waiting(session, shelf.firm.investigator) == ["mine.jpg"]


def test_a_file_taken_out_is_gone_and_the_others_stay_in_order(shelf, session):
    files = [shelf.upload(name, draft="new") for name in ("a.jpg", "b.jpg", "c.jpg")]
    drafting.take_out(session, CASE, "new", files[1].id, by=shelf.firm.investigator)
    shelf.upload("d.jpg", draft="new")
    assert waiting(session, shelf.firm.investigator) == ["a.jpg", "c.jpg", "d.jpg"]
    with pytest.raises(NotFound):
        drafting.take_out(session, CASE, "new", files[1].id, by=shelf.firm.investigator)


def test_a_draft_has_room_for_as_many_files_as_an_update_may_have(shelf, session, set_to):
    set_to(files_per_update=3)
    files = [shelf.upload(f"{number}.jpg", draft="new") for number in range(3)]
    with pytest.raises(Invalid, match=r"^An update has at most 3 files\. Write a second update for the rest\.$"):
        shelf.upload("4.jpg", draft="new")
    drafting.take_out(session, CASE, "new", files[0].id, by=shelf.firm.investigator)
    shelf.upload("4.jpg", draft="new")
    assert waiting(session, shelf.firm.investigator) == ["1.jpg", "2.jpg", "4.jpg"]


def test_a_full_draft_leaves_room_in_other_drafts_and_in_the_case(shelf, set_to):
    set_to(files_per_update=1)
    shelf.upload(draft="new")
    assert shelf.upload(draft=f"reply:{shelf.firm.update().update_id}")
    assert shelf.upload(draft="new", by=shelf.firm.manager)
    assert [shelf.upload(), shelf.upload()]


def test_of_several_uploads_at_once_as_many_are_taken_as_there_is_room_for(standing):
    def one():
        with writing() as session:
            return Shelf(session, standing).upload(draft="new").name

    taken = together(*[one] * 8)
    assert sorted(map(type, taken), key=str) == [Invalid] * 3 + [str] * 5
    with reading() as session:
        assert sorted(each.position for each in session.exec(select(DraftFile))) == [0, 1, 2, 3, 4]
        assert len(session.exec(select(Draft)).all()) == 1


def test_saving_gives_the_files_to_the_update_and_ends_the_draft(shelf, session):
    shelf.upload("b.jpg", draft="new")
    shelf.upload("a.jpg", draft="new")
    revision = drafting.save(session, CASE, "new", shelf.firm.text(), by=shelf.firm.investigator)
    session.flush()
    assert shelf.names(revision) == ["b.jpg", "a.jpg"]
    assert session.exec(select(Draft)).all() == session.exec(select(DraftFile)).all() == []
    assert waiting(session, shelf.firm.investigator) == []


def test_a_reply_has_the_files_of_its_own_draft(shelf, session):
    about = f"reply:{shelf.update('first.jpg').update_id}"
    shelf.upload("other.jpg", draft="new")
    shelf.upload("answer.jpg", draft=about)
    revision = drafting.save(session, CASE, about, shelf.firm.text("Re: Night two"), by=shelf.firm.investigator)
    assert shelf.names(revision) == ["answer.jpg"]
    assert waiting(session, shelf.firm.investigator) == ["other.jpg"]


def test_an_update_that_is_refused_keeps_the_draft_and_its_files(standing):
    with writing() as session:
        Shelf(session, standing).upload("plate.jpg", draft="new")
    with pytest.raises(Invalid, match="title"), writing() as session:
        drafting.save(session, CASE, "new", standing.text(""), by=standing.investigator)
    with reading() as session:
        assert waiting(session, standing.investigator) == ["plate.jpg"]
        assert session.exec(select(RevisionFile)).all() == []


def test_a_draft_thrown_away_takes_its_files_along(shelf, session):
    shelf.upload("plate.jpg", draft="new")
    drafts.discard(session, CASE, "new", by=shelf.firm.investigator)
    session.flush()
    assert session.exec(select(DraftFile)).all() == []
    assert waiting(session, shelf.firm.investigator) == []


@pytest.mark.parametrize("name", ["colleague", "outsider"])
def test_nobody_outside_the_case_has_an_editor_on_it(shelf, session, name):
    person, text = getattr(shelf.firm, name), shelf.firm.text()
    file = shelf.upload(draft="new")
    for verb, *rest in (
        (drafting.files_in_editor,), (drafting.begin_draft,), (drafting.keep, text), (drafting.save, text),
        (drafting.room_in_draft,), (drafting.keep_in_draft, file), (drafting.take_out, file.id),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            verb(session, CASE, "new", *rest, by=person)


def test_a_client_saves_nothing(shelf, session):
    with pytest.raises(NotPermitted):
        drafting.save(session, CASE, "new", shelf.firm.text(), by=shelf.firm.client)
    assert session.exec(select(Revision)).all() == []


@pytest.mark.parametrize(
    "about",
    ["", "banana", "edit", "edit:", "edit:1", "edit:x:1", "edit:-1:1", "edit:1:x", f"edit:{'9' * 30}:1", f"edit:{10**9}:1", f"reply:{10**9}", "edit:٣:1", "reply:", "reply:x",
     "reply: 1", "new\n", "new:1", "NEW"],
)  # fmt: skip
def test_what_no_editor_asks_for_does_not_exist(shelf, session, about):
    for verb, *rest in ((drafting.files_in_editor,), (drafting.keep, shelf.firm.text()), (drafting.room_in_draft,)):
        with pytest.raises(NotFound):
            verb(session, CASE, about, *rest, by=shelf.firm.investigator)
    assert session.exec(select(Draft)).all() == []
