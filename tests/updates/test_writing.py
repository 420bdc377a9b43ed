"""Write an update, reply to one, edit one."""

import pytest
from sqlmodel import select

from caseupdates import bell, clock
from caseupdates.cases.models import AccessGroup, Group
from caseupdates.database import reading, writing
from caseupdates.notifications.models import Notification
from caseupdates.people.models import AccessLevel, Kind
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from caseupdates.updates.feed import update_shown
from caseupdates.updates.models import Revision, Update
from caseupdates.updates.writing import BODY_LENGTH, TITLE_LENGTH, Changed, path_of, revise, write
from tests.together import together


def told(session, kind):
    """Who has been told of this kind, by name."""
    session.flush()
    rows = session.exec(select(Notification).where(Notification.kind == kind))
    return sorted(update.name for update in (session.get(type(row.actor), row.person_id) for row in rows))


def test_an_update_is_its_first_revision_and_waits(session, firm, clock):
    revision = write(session, "2026-0142", firm.text("Night two", "Two vehicles."), by=firm.investigator)
    assert (revision.title, revision.body, revision.number) == ("Night two", "Two vehicles.", 1)
    assert (revision.written_by, revision.update.author) == (firm.investigator, firm.investigator)
    assert revision.written_at == revision.update.created_at == clock()
    assert not revision.is_validated


def test_space_around_the_words_is_taken_off(session, firm):
    revision = write(session, "2026-0142", firm.text("  Night two \n", "\n\nTwo vehicles.\n "), by=firm.investigator)
    assert (revision.title, revision.body) == ("Night two", "Two vehicles.")


def test_a_new_update_moves_its_case_to_the_top_and_rings(session, firm, clock):
    clock.forward(hours=1)
    firm.update(validated=False)
    assert firm.case.last_activity_at == clock()
    assert session.info["rings"] >= {bell.case(firm.case.id), bell.CASES}


@pytest.mark.parametrize(
    ("title", "body", "sentence"),
    [
        ("", "Two vehicles.", "give the update a title"),
        (" \t\n", "Two vehicles.", "give the update a title"),
        ("x" * (TITLE_LENGTH + 1), "Two vehicles.", "at most 200 characters"),
        ("Night two", "", "write something in the body"),
        ("Night two", " \n ", "write something in the body"),
        ("Night two", "x" * (BODY_LENGTH + 1), "at most 100,000 characters"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_written(session, firm, title, body, sentence):
    with pytest.raises(Invalid, match=sentence):
        write(session, "2026-0142", firm.text(title, body), by=firm.investigator)
    assert session.exec(select(Revision)).all() == []


def test_the_longest_title_and_body_are_taken(session, firm):
    text = firm.text("x" * TITLE_LENGTH, "x" * BODY_LENGTH)
    revision = write(session, "2026-0142", text, by=firm.investigator)
    assert (len(revision.title), len(revision.body)) == (200, 100_000)


def test_an_access_group_that_is_not_the_writers_own_is_refused(session, firm):
    only_administrators = AccessGroup(name="Board", roles=[firm.roles["Administrator"]])
    session.add(only_administrators)
    session.flush()
    with pytest.raises(Invalid, match="choose an access group"):
        firm.update(group=only_administrators)


@pytest.mark.parametrize("made_up", [0, -1, 2**40])
def test_an_access_group_that_does_not_exist_is_refused(session, firm, made_up):
    with pytest.raises(Invalid, match="choose an access group"):
        write(session, "2026-0142", firm.text()._replace(access_group_id=made_up), by=firm.investigator)


def test_an_update_without_validation_is_validated_as_it_is_saved(session, firm, clock):
    firm.staff_only.needs_validation = False
    revision = firm.update(group=firm.staff_only, validated=False)
    assert (revision.validated_at, revision.validated_by) == (clock(), None)
    assert told(session, Kind.WAITING_FOR_VALIDATION) == []


@pytest.mark.parametrize("name", ["colleague", "outsider", "client"])
def test_nobody_writes_without_both_case_and_permission(session, firm, name):
    person = getattr(firm, name)
    expected = NotPermitted if name == "client" else NotFound
    with pytest.raises(expected):
        write(session, "2026-0142", firm.text(), by=person)


def test_a_disabled_writer_finds_no_case(session, firm):
    firm.investigator.access_level = AccessLevel.DISABLED
    with pytest.raises(NotFound):
        write(session, "2026-0142", firm.text(), by=firm.investigator)


def test_a_reply_knows_what_it_answers_and_tells_its_author(session, firm):
    question = firm.update()
    reply = write(session, "2026-0142", firm.text("Re: Night two"), by=firm.manager, reply_to=question.update_id)
    assert reply.update.reply_to_id == question.update_id
    [notice] = session.exec(select(Notification).where(Notification.kind == Kind.REPLY))
    assert (notice.person_id, notice.title, notice.path) == (
        firm.investigator.id,
        "Re: Night two",
        path_of(reply.update),
    )
    assert notice.summary == "Manager G. replied to your update on 2026-0142."


def test_a_reply_to_oneself_tells_nobody(session, firm):
    question = firm.update()
    write(session, "2026-0142", firm.text(), by=firm.investigator, reply_to=question.update_id)
    assert told(session, Kind.REPLY) == []


def leaves_the_case(session, firm):
    firm.investigators_assignment.ended_at = clock.now()


def loses_access(session, firm):
    firm.investigator.access_level = AccessLevel.DISABLED


@pytest.mark.parametrize("change", [leaves_the_case, loses_access])
def test_an_author_who_may_not_see_the_case_any_more_is_not_told_of_a_reply(session, firm, change):
    question = firm.update()
    change(session, firm)
    session.flush()
    write(session, "2026-0142", firm.text(), by=firm.manager, reply_to=question.update_id)
    assert told(session, Kind.REPLY) == []


def test_an_author_is_not_told_of_a_reply_they_may_not_see(session, firm):
    question = firm.update()
    managers = AccessGroup(name="Managers", roles=[firm.roles["Case Manager"]])
    session.add(managers)
    session.flush()
    secret = firm.text("About the investigator", group=managers)
    write(session, "2026-0142", secret, by=firm.manager, reply_to=question.update_id)
    assert told(session, Kind.REPLY) == []


@pytest.mark.parametrize("made_up", [-1, 404])
def test_a_reply_to_what_does_not_exist_is_refused(session, firm, made_up):
    with pytest.raises(NotFound):
        write(session, "2026-0142", firm.text(), by=firm.investigator, reply_to=made_up)


def test_a_reply_to_an_update_of_another_case_is_refused(session, firm):
    elsewhere = write(session, "2026-0151", firm.text(), by=firm.manager)
    with pytest.raises(NotFound):
        write(session, "2026-0142", firm.text(), by=firm.manager, reply_to=elsewhere.update_id)


def test_an_edit_is_a_revision_of_its_own_and_waits(session, firm, clock):
    first = firm.update()
    before = first.model_dump()
    clock.forward(minutes=5)
    second = firm.edit(first, "Night two, corrected", "Three vehicles.")
    assert (second.number, second.title, second.written_at) == (2, "Night two, corrected", clock())
    assert not second.is_validated
    session.refresh(first)
    assert first.model_dump() == before
    assert second.update_id == first.update_id


def test_its_author_and_whoever_may_validate_edit_an_update(session, firm):
    first = firm.update()
    second = revise(session, first.update_id, firm.text(), seen=1, by=firm.manager)
    third = revise(session, first.update_id, firm.text(), seen=2, by=firm.investigator)
    assert [second.number, third.number] == [2, 3]


def test_another_investigator_on_the_case_does_not(session, firm):
    revision = firm.update()
    firm.assign(firm.colleague, Group.INVESTIGATOR)
    with pytest.raises(NotPermitted):
        revise(session, revision.update_id, firm.text(), seen=1, by=firm.colleague)


@pytest.mark.parametrize(
    ("name", "refusal"), [("client", NotPermitted), ("colleague", NotFound), ("outsider", NotFound)]
)
def test_nobody_else_edits_an_update(session, firm, name, refusal):
    revision = firm.update()
    with pytest.raises(refusal):
        revise(session, revision.update_id, firm.text(), seen=1, by=getattr(firm, name))
    assert update_shown(session, revision.update_id, by=firm.manager).number == 1


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_an_edit_of_an_older_text_is_refused_and_names_who_changed_it(session, firm, seen):
    revision = firm.update()
    firm.edit(revision)
    with pytest.raises(Changed, match=r"Investigator R\. has changed this update"):
        revise(session, revision.update_id, firm.text(), seen=seen, by=firm.manager)


def test_an_edit_is_checked_as_a_new_text_is(session, firm):
    revision = firm.update()
    with pytest.raises(Invalid, match="title"):
        firm.edit(revision, "")
    assert update_shown(session, revision.update_id, by=firm.manager) == revision


def test_of_two_people_saving_at_once_one_is_told_of_the_other(standing):
    update_id = standing.ready.update_id

    def save(person):
        with writing() as session:
            return revise(session, update_id, standing.text(), seen=1, by=person).number

    answers = together(lambda: save(standing.manager), lambda: save(standing.investigator))
    assert sorted(map(type, answers), key=str) == [Changed, int]
    with reading() as session:
        assert len(session.exec(select(Revision).where(Revision.update_id == update_id)).all()) == 2


def test_a_waiting_update_is_told_to_those_on_the_case_who_may_validate(session, firm):
    firm.assign(firm.colleague, Group.INVESTIGATOR)
    revision = firm.update("Night two", validated=False)
    assert told(session, Kind.WAITING_FOR_VALIDATION) == ["Manager G."]
    [notice] = session.exec(select(Notification))
    assert (notice.title, notice.path, notice.actor) == ("Night two", path_of(revision.update), firm.investigator)
    assert notice.summary == "Investigator R. wrote an update on 2026-0142. It waits for validation."


def test_with_no_validator_on_the_case_everybody_who_could_is_told(session, firm):
    firm.person("Night Desk", "Case Manager", level=AccessLevel.LIMITED)
    text = firm.text()
    firm.assign(firm.investigator, Group.INVESTIGATOR, case=firm.other_case)
    write(session, "2026-0151", text, by=firm.investigator)
    assert told(session, Kind.WAITING_FOR_VALIDATION) == ["Administrator A.", "Manager G."]


def test_whoever_writes_is_not_told_of_their_own_update(session, firm):
    firm.update(by=firm.manager, validated=False)
    assert told(session, Kind.WAITING_FOR_VALIDATION) == []


def test_a_validator_outside_the_access_group_is_not_told(session, firm):
    firm.staff_only.roles = [firm.roles["Investigator"], firm.roles["Administrator"]]
    firm.update(group=firm.staff_only, validated=False)
    assert told(session, Kind.WAITING_FOR_VALIDATION) == ["Administrator A."]


@pytest.mark.parametrize("fact", [{"access_level": AccessLevel.DISABLED}, {"archived_at": clock.now()}])
def test_a_validator_who_is_gone_is_not_told(session, firm, fact):
    for name, value in fact.items():
        setattr(firm.manager, name, value)
    firm.update(validated=False)
    assert told(session, Kind.WAITING_FOR_VALIDATION) == ["Administrator A."]


def test_an_edit_waits_and_is_told_again(session, firm):
    firm.edit(firm.update())
    assert told(session, Kind.WAITING_FOR_VALIDATION) == ["Manager G.", "Manager G."]


def test_an_updates_page_lies_under_its_case(session, firm):
    update = session.get(Update, firm.update().update_id)
    assert path_of(update) == f"/cases/2026-0142/updates/{update.id}"
