"""Updates in a group that asks for no validation, and in one that does not move "Last update"."""

from datetime import UTC

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.cases.listing import search
from caseupdates.cases.models import AccessGroup
from caseupdates.notifications.listing import newest
from caseupdates.people.models import AccessLevel
from caseupdates.refusals import Invalid
from caseupdates.sending.send import NotValidated
from caseupdates.updates import drafts, feed
from caseupdates.updates.editor.rows import saved, start, without_validation
from caseupdates.updates.rows import shown
from caseupdates.updates.validation import AlreadyValidated
from caseupdates.updates.writing import revise, write


@pytest.fixture
def notes(session, firm):
    """ "Office notes": of the staff, without validation."""
    group = AccessGroup(name="Office notes", roles=list(firm.staff_only.roles), needs_validation=False)
    return firm._add(group)


def cards(session, firm, by):
    return shown(session, firm.case.number, "", 20, UTC, by=by)[0]


def lines(session, firm):
    return [(each.what, each.about, each.person and each.person.name) for each in firm.history()]


def titles(session, firm, person):
    return [each.title for each in feed.feed(session, firm.case, by=person)]


def test_it_is_validated_as_it_is_saved_by_nobody_and_history_says_so(session, firm, notes, clock):
    revision = firm.update(group=notes, validated=False)
    assert (revision.validated_at, revision.validated_by) == (clock(), None)
    assert lines(session, firm) == [
        ("validated as it was saved", "Night two · “Office notes” needs no validation", None),
        ("update written", "Night two", "Investigator R."),
    ]
    assert newest(session, by=firm.manager) == []
    assert session.info["rings"] == {bell.case(firm.case.id), bell.CASES}


def test_it_can_be_sent_at_once(session, firm, notes):
    sending = firm.send(firm.update(group=notes, validated=False), [firm.investigator])
    assert sending.number == 1


def test_the_page_says_so_before_and_after_saving(session, firm, notes):
    assert without_validation(session, notes.id, by=firm.investigator) == "Office notes"
    assert without_validation(session, firm.public.id, by=firm.investigator) == ""
    assert without_validation(session, notes.id, by=firm.client) == ""  # what is not theirs says nothing
    assert saved(firm.update(group=notes)) == "Saved. Updates in “Office notes” need no validation: it can be sent now."
    assert saved(firm.update(validated=False)) == "Saved. It waits for validation."


def test_a_new_update_begins_in_a_group_that_asks_for_validation_where_there_is_one(session, firm, notes):
    assert drafts.starting_text(session, "new", by=firm.investigator).access_group_id == firm.public.id
    firm.public.needs_validation = firm.staff_only.needs_validation = False
    assert drafts.starting_text(session, "new", by=firm.investigator).access_group_id == notes.id


def test_its_card_names_no_validator_and_contacts_read_nothing_of_it(session, firm, notes):
    notes.roles = list(firm.roles.values())
    firm.update(group=notes)
    [card] = cards(session, firm, firm.manager)
    assert (card.validated, card.may_send, card.may_validate) == ("No validation needed · today 09:00", True, False)
    assert cards(session, firm, firm.client)[0].validated == ""


def test_validating_it_is_too_late_and_says_why(session, firm, notes):
    with pytest.raises(
        AlreadyValidated, match=r"^This update needed no validation: it was validated as it was saved\.$"
    ):
        firm.validate(firm.update(group=notes))


def test_a_group_that_asks_for_validation_later_takes_it_from_nothing_that_had_it(session, firm, notes):
    before = firm.update("Before", group=notes)
    notes.needs_validation = True
    after = firm.update("After", group=notes, validated=False)
    assert (before.is_validated, after.is_validated) == (True, False)
    assert firm.send(before, [firm.investigator])
    assert [card.validated for card in cards(session, firm, firm.manager)] == ["", "No validation needed · today 09:00"]


def test_a_group_that_stops_asking_validates_nothing_that_waits(session, firm, notes):
    notes.needs_validation = True
    waiting = firm.update(group=notes, validated=False)
    notes.needs_validation = False
    session.flush()
    assert not waiting.is_validated
    with pytest.raises(NotValidated):
        firm.send(waiting, [firm.investigator])
    assert firm.validate(waiting).validated_by == firm.manager


def test_each_revision_goes_by_the_group_it_is_saved_in(session, firm, notes):
    """Nobody gets the validation of one group for the readers of another."""
    first = firm.update("In the office", group=notes, validated=False)
    second = firm.edit(first, "For the client", group=firm.public)
    assert (first.is_validated, second.is_validated) == (True, False)
    assert titles(session, firm, firm.client) == []
    with pytest.raises(NotValidated):
        firm.send(second, [firm.client])


def test_going_through_such_a_group_and_back_validates_nothing(session, firm, notes):
    waiting = firm.update("For the client", validated=False)
    through = firm.edit(waiting, "For the client", group=notes)
    back = firm.edit(through, "For the client", group=firm.public)
    assert [each.is_validated for each in (waiting, through, back)] == [False, True, False]
    assert titles(session, firm, firm.client) == []
    with pytest.raises(NotValidated):
        firm.send(back, [firm.client])


def test_moving_a_validated_update_there_takes_it_from_the_case_but_not_what_was_sent(session, firm, notes):
    """Decided: the firm has said that what is saved in this group counts. Contacts outside it lose the update on the
    case at once, as with any validated change of group; what they were sent stays, and the card says who holds it."""
    sent = firm.update("Two vehicles")
    firm.send(sent, [firm.client])
    firm.edit(sent, "Two vehicles, names", group=notes)
    assert titles(session, firm, firm.client) == []
    assert [notice.title for notice in newest(session, by=firm.client)] == ["Two vehicles"]
    [card] = cards(session, firm, firm.manager)
    assert (card.title, card.outdated) == ("Two vehicles, names", "1 holds an older revision")
    assert [each[0] for each in lines(session, firm)[:2]] == ["validated as it was saved", "update edited"]


def test_contacts_see_it_at_once_only_where_the_group_admits_them(session, firm, notes):
    """Decided: an author may choose any group of their own; "no validation" together with contacts is the firm's word."""
    revision = firm.update("Two vehicles", validated=False)
    firm.edit(revision, "Two vehicles", group=notes)
    assert titles(session, firm, firm.client) == []
    notes.roles = list(firm.roles.values())
    session.flush()
    assert titles(session, firm, firm.client) == ["Two vehicles"]


def test_an_author_cannot_use_a_group_that_is_not_theirs(session, firm, notes):
    notes.roles = [firm.roles["Administrator"], firm.roles["Client Contact"]]
    revision = firm.update(validated=False)
    with pytest.raises(Invalid, match="choose an access group"):
        revise(session, revision.update_id, firm.text(group=notes), seen=1, by=firm.investigator)
    assert not revision.is_validated


def later(clock):
    clock.forward(hours=1)
    return clock()


def order(session, firm):
    return [case.number for case in search(session, by=firm.manager)]


def test_a_group_that_does_not_move_last_update_leaves_it_and_the_order_alone(session, firm, notes, clock):
    notes.moves_last_update, before = False, firm.case.last_activity_at
    later(clock)
    write(session, firm.other_case.number, firm.text("Elsewhere"), by=firm.manager)
    later(clock)
    revision = firm.edit(firm.update(group=notes), group=notes)
    write(session, firm.case.number, firm.text(group=notes), by=firm.manager, reply_to=revision.update_id)
    firm.send(revision, [firm.investigator])
    assert firm.case.last_activity_at == before
    assert order(session, firm) == ["2026-0151", "2026-0142"]


@pytest.mark.parametrize("act", ["write", "edit", "send"])
def test_a_group_that_moves_it_does_so_with_each(session, firm, clock, act):
    revision = firm.update()
    now = later(clock)
    {"write": firm.update, "edit": lambda: firm.edit(revision), "send": lambda: firm.send(revision, [firm.client])}[
        act
    ]()
    assert firm.case.last_activity_at == now


def test_an_edit_counts_by_the_group_it_is_saved_in(session, firm, notes, clock):
    notes.moves_last_update = False
    revision, before = firm.update(), firm.case.last_activity_at
    later(clock)
    quiet = firm.edit(revision, group=notes)
    assert firm.case.last_activity_at == before
    firm.edit(quiet, group=firm.public)
    assert firm.case.last_activity_at == clock()


def test_with_no_access_group_at_all_the_editor_says_who_makes_one(session, firm):
    for group in (firm.public, firm.staff_only):
        session.delete(group)
    session.flush()
    begun = start(session, firm.case.number, "new", by=firm.administrator)
    assert (begun.no_group, begun.groups) == ("No access group yet: an administrator makes one under Settings", [])
    with pytest.raises(Invalid, match="choose an access group"):
        write(session, firm.case.number, firm.text(), by=firm.investigator)


def test_with_none_that_admits_the_writer_the_editor_says_that(session, firm):
    night_desk = firm.person("Night Desk", "Case Manager", level=AccessLevel.FULL)
    for group in session.exec(select(AccessGroup)):
        group.roles = [firm.roles["Administrator"]]
    session.flush()
    begun = start(session, firm.case.number, "new", by=night_desk)
    assert begun.no_group == "No access group admits your role: an administrator changes that under Settings"


def test_a_draft_in_a_group_that_is_not_the_writers_any_more_asks_to_choose(session, firm, notes):
    """Never another group, perhaps a wider one, chosen for them without their seeing it."""
    drafts.keep(session, firm.case.number, "new", firm.text(group=notes), by=firm.investigator)
    session.flush()
    assert start(session, firm.case.number, "new", by=firm.investigator).group == str(notes.id)
    notes.roles = [firm.roles["Administrator"]]
    session.flush()
    begun = start(session, firm.case.number, "new", by=firm.investigator)
    assert (begun.group, begun.no_group, begun.text.title) == ("", "", "Night two")
