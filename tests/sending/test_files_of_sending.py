"""An update sent with its files: attached or behind links, each recipient's own, on the sender's terms."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates.files import drafting
from caseupdates.links import access
from caseupdates.links.access import LinkEnded, LinkRevoked, files_of_link, open_link, refused
from caseupdates.links.models import LinkFile
from caseupdates.people import preferences
from caseupdates.people.models import Kind
from caseupdates.sending import delivering as sending_room
from caseupdates.sending.delivering import Handling
from caseupdates.sending.models import AttachedFile
from caseupdates.sending.send import NotValidated, send
from caseupdates.sending.undo import undo
from caseupdates.settings import settings
from caseupdates.updates import markdown
from tests.files.sent import handed_over, links, press, token, two_files
from tests.files.shelf import Shelf, counted
from tests.stories import UNDO


@pytest.fixture
def shelf(session, firm):
    return Shelf(session, firm)


@pytest.fixture
def revision(shelf):
    return two_files(shelf)


def test_every_recipient_has_a_link_of_their_own_to_every_file(session, firm, revision, written):
    sending = press(firm, revision, firm.client, firm.partner, firm.colleague)
    assert {each.person_id: each.link.person_id for each in written.deliveries} == {
        each.id: each.id for each in (firm.client, firm.partner, firm.colleague)
    }
    assert len({each.token_hash for each in links(session)}) == len({each.seal for each in links(session)}) == 3
    for link in links(session):
        assert [each.name for each in files_of_link(session, link)] == ["plate.jpg", "Interim report.pdf"]
        assert (link.revision_id, link.sender_id, link.email) == (revision.id, sending.sender_id, link.person.email)


def test_where_everything_is_attached_there_is_no_link(session, firm, revision, written):
    sending = press(firm, revision, attach=True)
    assert links(session) == session.exec(select(LinkFile)).all() == []
    assert {each.link_id for each in written.deliveries} == {None}
    assert "/l/" not in handed_over(written, firm.client)["text"]
    attached = session.exec(select(AttachedFile.file_id).where(AttachedFile.sending_id == sending.id)).all()
    assert sorted(attached) == sorted(each.id for each in drafting.files_of(session, revision))


def test_what_cannot_go_attached_becomes_a_link(session, firm, shelf, written):
    shelf.upload("run.bat", b"@echo off", draft="new")
    revision = shelf.update("plate.jpg")
    press(firm, revision, firm.client, attach=True)
    [link] = links(session)
    assert [each.name for each in files_of_link(session, link)] == ["run.bat"]
    mail = handed_over(written, firm.client)
    assert [each["filename"] for each in mail["attachments"]] == ["plate.jpg"]
    assert token(link) in mail["text"]


@pytest.mark.parametrize(("short", "attached"), [(0, 2), (1, 1)])
def test_as_much_goes_attached_as_the_setting_says(session, firm, revision, written, monkeypatch, short, attached):
    size = sum(each.size for each in drafting.files_of(session, revision))
    limited = replace(settings(), attachments=size - short)
    monkeypatch.setattr(sending_room, "settings", lambda: limited)
    press(firm, revision, firm.client, attach=True)
    assert len(handed_over(written, firm.client)["attachments"]) == attached
    assert len(links(session)) == 2 - attached


def test_an_update_without_files_makes_no_links(session, firm):
    press(firm, firm.update(), attach=False)
    assert links(session) == []


def test_an_update_that_is_not_validated_makes_no_links(session, firm, shelf):
    with pytest.raises(NotValidated):
        press(firm, shelf.update("plate.jpg", validated=False))
    assert links(session) == []


def test_who_wants_no_email_has_a_link_all_the_same(session, firm, revision, written):
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    press(firm, revision, firm.client)
    assert written.messages == []
    assert [each.person_id for each in links(session)] == [firm.client.id]


def test_the_notification_lists_the_files(firm, revision, written):
    press(firm, revision, firm.client)
    listed = "<ul>\n<li>plate.jpg, 15 bytes</li>\n<li>Interim report.pdf, 15 bytes</li>\n</ul>"
    assert markdown.html(written.notices[0].body).strip() == f"<p>Two vehicles.</p>\n{listed}"


def test_a_files_name_is_no_markdown_in_the_notification(firm, shelf, written):
    press(firm, shelf.update("[pay](x) **b** _a_ `c`.jpg"), firm.client)
    assert "<li>[pay](x) __b__ _a_ `c`.jpg, 10 bytes</li>" in markdown.html(written.notices[0].body)


def test_unless_told_otherwise_links_live_seven_days_without_verification(session, firm, revision, clock):
    firm.send(revision, [firm.client])
    [link] = links(session)
    assert (link.expires_at, link.needs_verification) == (clock() + timedelta(days=7), False)


@pytest.mark.parametrize("days", [None, 1])
def test_the_terms_of_the_sender_hold_for_every_link(session, firm, revision, clock, days):
    until = clock() + timedelta(days=days) if days else None
    press(firm, revision, files=Handling(expires_at=until, needs_verification=True))
    assert {(each.expires_at, each.needs_verification) for each in links(session)} == {(until, True)}


def test_a_link_ends_with_the_assignment_but_unassigned_staff_need_none(session, firm, revision, clock):
    press(firm, revision, firm.investigator, firm.colleague)
    theirs = {each.person_id: each for each in links(session)}
    needed = {person_id: each.needs_assignment for person_id, each in theirs.items()}
    assert needed == {firm.investigator.id: True, firm.colleague.id: False}
    firm.investigators_assignment.ended_at = clock()
    session.flush()
    assert isinstance(refused(session, theirs[firm.investigator.id]), LinkEnded)
    assert refused(session, theirs[firm.colleague.id]) is None


def test_undo_revokes_the_links_of_that_sending_only(session, firm, revision):
    first, second = press(firm, revision, firm.client), press(firm, revision, firm.client)
    undo(session, second.id, by=firm.manager)
    session.expire_all()
    kept, dead = links(session)
    assert open_link(session, token(kept)) == kept
    with pytest.raises(LinkRevoked):
        open_link(session, token(dead))
    assert first.undone_at is None


def test_sending_again_makes_new_links_while_the_old_ones_live_on(session, firm, revision):
    for _ in range(2):
        press(firm, revision, firm.client)
    first, second = links(session)
    assert first.token_hash != second.token_hash
    assert access.all_refused(session, [first, second]) == {}


def test_a_second_click_makes_no_second_link(session, firm, revision):
    for _ in range(2):
        send(
            session, revision.update_id, [firm.client.id], seen=1, already=0, files=Handling(), by=firm.manager, undo=UNDO
        )  # fmt: skip
    assert len(links(session)) == 1


def test_an_edit_leaves_the_files_that_were_sent_behind_their_link(session, firm, shelf, revision):
    press(firm, revision, firm.client)
    firm.validate(shelf.edit(revision, without=drafting.files_of(session, revision), also=["new.jpg"]))
    [link] = links(session)
    assert [each.name for each in files_of_link(session, link)] == ["plate.jpg", "Interim report.pdf"]


@pytest.mark.parametrize("attach", [True, False])
def test_sending_twenty_files_costs_no_more_questions_than_one(session, firm, shelf, attach):
    asked = []
    for number in (1, 20):
        revision = firm.update()
        drafting.attach(session, revision, [shelf.upload() for _ in range(number)])
        with counted() as statements:
            press(firm, revision, attach=attach)
        asked.append(len(statements))
    assert asked[0] == asked[1]
