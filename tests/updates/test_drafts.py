"""Drafts: what somebody was typing."""

import pytest
from sqlmodel import select

from caseupdates.cases.models import AccessGroup, Group
from caseupdates.database import reading, writing
from caseupdates.refusals import NotFound
from caseupdates.updates import drafts
from caseupdates.updates.models import Draft
from caseupdates.updates.writing import BODY_LENGTH, TITLE_LENGTH, Text

CASE = "2026-0142"


def keep(session, firm, title="Night", *, about="new", by=None):
    return drafts.keep(session, CASE, about, firm.text(title, "Two veh"), by=by or firm.investigator)


def title_of(session, person, about="new", case=CASE):
    draft = drafts.kept(session, case, about, by=person)
    return draft and draft.title


def test_a_draft_keeps_what_was_typed_with_its_moment(session, firm, clock):
    keep(session, firm)
    draft = drafts.kept(session, CASE, "new", by=firm.investigator)
    assert (draft.title, draft.body, draft.access_group_id) == ("Night", "Two veh", firm.public.id)
    assert draft.saved_at == clock()


def test_typing_on_changes_the_same_draft(session, firm, clock):
    first = keep(session, firm)
    clock.forward(seconds=30)
    assert keep(session, firm, "Night two") == first
    assert (first.title, first.saved_at) == ("Night two", clock())


def test_a_draft_survives_everything_that_is_closed(standing):
    with writing() as session:
        keep(session, standing)
    with reading() as session:
        assert title_of(session, standing.investigator) == "Night"


def test_a_draft_is_ones_own(session, firm):
    keep(session, firm)
    assert title_of(session, firm.manager) is None
    keep(session, firm, "The manager's", by=firm.manager)
    assert title_of(session, firm.investigator) == "Night"


def test_new_reply_and_edit_have_drafts_of_their_own(session, firm):
    for about in ("new", "reply:1", "edit:1:1"):
        keep(session, firm, f"For {about}", about=about)
    assert [title_of(session, firm.investigator, each) for each in ("new", "reply:1", "edit:1:1", "edit:1:2")] == [
        "For new", "For reply:1", "For edit:1:1", None,
    ]  # fmt: skip


def test_every_case_has_drafts_of_its_own(session, firm):
    keep(session, firm)
    firm.assign(firm.investigator, Group.INVESTIGATOR, case=firm.other_case)
    assert title_of(session, firm.investigator, case="2026-0151") is None


def test_a_draft_thrown_away_is_gone_and_the_others_stay(session, firm):
    keep(session, firm)
    keep(session, firm, "A reply", about="reply:1")
    keep(session, firm, "The manager's", by=firm.manager)
    drafts.discard(session, CASE, "new", by=firm.investigator)
    assert title_of(session, firm.investigator) is None
    assert title_of(session, firm.investigator, "reply:1") == "A reply"
    assert title_of(session, firm.manager) == "The manager's"


def test_throwing_away_nothing_is_no_trouble(session, firm):
    drafts.discard(session, CASE, "new", by=firm.investigator)
    assert session.exec(select(Draft)).all() == []


@pytest.mark.parametrize("name", ["outsider", "colleague"])
def test_nobody_outside_the_case_has_a_draft_on_it(session, firm, name):
    person = getattr(firm, name)
    for verb in (keep_one, drafts.kept, drafts.discard):
        with pytest.raises(NotFound):
            verb(session, CASE, "new", by=person)


def keep_one(session, case_number, about, *, by):
    return drafts.keep(session, case_number, about, Text("Night", "Two veh", 0), by=by)


def test_a_draft_may_be_unfinished_in_every_way(session, firm):
    draft = drafts.keep(session, CASE, "new", Text("", "", 0), by=firm.investigator)
    session.flush()
    assert (draft.title, draft.body, draft.access_group_id) == ("", "", None)


def test_a_draft_is_cut_where_an_update_would_be_refused(session, firm):
    endless = Text("x" * (TITLE_LENGTH + 1), "x" * (BODY_LENGTH + 1), 0)
    draft = drafts.keep(session, CASE, "new", endless, by=firm.investigator)
    assert (len(draft.title), len(draft.body)) == (TITLE_LENGTH, BODY_LENGTH)


@pytest.mark.parametrize("made_up", [404, 10**19])
def test_a_draft_does_not_keep_an_access_group_that_does_not_exist(session, firm, made_up):
    draft = drafts.keep(session, CASE, "new", firm.text()._replace(access_group_id=made_up), by=firm.investigator)
    session.flush()
    assert draft.access_group_id is None


def test_a_draft_does_not_keep_an_access_group_that_is_not_the_writers(session, firm):
    board = AccessGroup(name="Board", roles=[firm.roles["Administrator"]])
    session.add(board)
    session.flush()
    assert drafts.keep(session, CASE, "new", firm.text(group=board), by=firm.investigator).access_group_id is None
