"""Recall: when it is too late to undo, the links end at once, and the sender learns who was faster."""

from datetime import UTC, timedelta

import pytest
from sqlmodel import select

from caseupdates import bell, seals
from caseupdates.cases.models import Group
from caseupdates.delivery.outcomes import Accepted
from caseupdates.links import evidence, gate, visits
from caseupdates.links.access import LinkRevoked, open_link
from caseupdates.links.models import Link, Step, Visit
from caseupdates.links.visitors import visitor
from caseupdates.people.models import AccessLevel
from caseupdates.refusals import NotFound
from caseupdates.sending.delivering import Handling
from caseupdates.sending.journal.rows import sending_rows
from caseupdates.sending.recall import NothingToRecall, recall
from caseupdates.settings import settings
from tests.delivery.post import hand_over, letters_due
from tests.files.sent import links, press
from tests.files.shelf import Shelf
from tests.sending.conftest import WHO_MAY_NOT_SEND

HOME, OFFICE = visitor("home"), visitor("office")


@pytest.fixture
def revision(session, firm):
    return Shelf(session, firm).update("plate.jpg")


@pytest.fixture
def sending(firm, revision, clock):
    """Sent to two clients; the time to undo is over."""
    sent = firm.send(revision, [firm.client, firm.partner])
    clock.forward(seconds=10)
    return sent


def token(session, person):
    """The token of somebody's newest link."""
    seal = session.exec(select(Link.seal).where(Link.person_id == person.id).order_by(Link.id.desc())).first()
    return seals.link_token(settings().secret_key, seal)


def leave(session):
    """The mails leave: a worker has handed them over."""
    hand_over(session, Accepted("re_1"))


def test_every_link_of_the_sending_ends_at_once(session, firm, sending):
    tokens = [token(session, each) for each in (firm.client, firm.partner)]
    assert [open_link(session, each).person_id for each in tokens] == [firm.client.id, firm.partner.id]
    recall(session, sending.id, by=firm.manager)
    session.expire_all()
    for each in tokens:
        with pytest.raises(LinkRevoked, match=r"^This link was withdrawn by the sender\.$"):
            open_link(session, each)


def test_every_window_that_is_open_on_a_link_ends_at_once(session, firm, sending):
    visit = gate.open_without_code(session, token(session, firm.client), HOME)
    assert visits.renew(session, visit.id)
    recall(session, sending.id, by=firm.manager)
    assert not visits.renew(session, visit.id)
    assert visits.of_browser(session, session.get_one(Link, visit.link_id), HOME) is None


def test_only_its_own_links_and_windows_end(session, firm, revision, sending):
    firm.send(revision, [firm.client])
    kept = token(session, firm.client)
    visit = gate.open_without_code(session, kept, HOME)
    recall(session, sending.id, by=firm.manager)
    session.expire_all()
    assert open_link(session, kept).person_id == firm.client.id
    assert visits.renew(session, visit.id)


def test_mails_that_wait_are_stopped_and_counted(session, firm, sending, written, clock):
    recalled = recall(session, sending.id, by=firm.manager)
    session.expire_all()
    assert recalled.stopped == 2
    assert [each.cancelled_at for each in written.messages] == [clock(), clock()]
    clock.forward(days=1)
    assert not {each.id for each in letters_due(session)} & {each.id for each in written.messages}


def test_mails_that_have_left_are_not_called_stopped(session, firm, sending, written):
    leave(session)
    assert recall(session, sending.id, by=firm.manager).stopped == 0
    session.expire_all()
    assert {each.cancelled_at for each in written.messages} == {None}


@pytest.fixture
def without_files(firm, clock):
    """An update without files, sent to two clients; the time to undo is over."""
    sent = firm.send(firm.update(), [firm.client, firm.partner])
    clock.forward(seconds=10)
    return sent


def is_offered(session, firm, sending):
    [row] = sending_rows(session, sending.update_id, UTC, by=firm.manager)
    return row.can_recall


def test_without_links_a_recall_is_offered_while_a_mail_waits(session, firm, without_files):
    assert is_offered(session, firm, without_files)
    leave(session)
    session.expire_all()
    assert not is_offered(session, firm, without_files)


def test_without_links_the_mails_that_wait_are_stopped(session, firm, without_files, clock):
    recalled = recall(session, without_files.id, by=firm.manager)
    assert (recalled.stopped, recalled.ended, recalled.sending.recalled_at) == (2, 0, clock())
    session.expire_all()
    assert not is_offered(session, firm, without_files)


def test_a_sending_that_has_left_without_links_is_not_called_recalled(session, firm, without_files):
    leave(session)
    with pytest.raises(NothingToRecall, match="there is nothing to recall"):
        recall(session, without_files.id, by=firm.manager)
    assert without_files.recalled_at is None
    assert "sending recalled" not in {each.what for each in firm.history()}


def test_who_had_opened_their_link_is_named_with_the_first_time_in_its_order(session, firm, sending, clock):
    began = clock()
    for person, browser in ((firm.partner, HOME), (firm.client, HOME), (firm.partner, OFFICE)):
        gate.open_without_code(session, token(session, person), browser)
        clock.forward(minutes=1)
    opened = recall(session, sending.id, by=firm.manager).opened
    assert [(person.name, at) for person, at in opened] == [
        ("Partner C.", began), ("Client C.", began + timedelta(minutes=1)),
    ]  # fmt: skip


def test_nobody_is_named_who_only_came_to_the_door(session, firm, revision, clock):
    guarded = press(firm, revision, files=Handling(needs_verification=True))
    client, partner = links(session)
    gate.before(session, token(session, firm.client), HOME)
    for step in (Step.OPENED, Step.CODE_REQUESTED, Step.DENIED):
        evidence.note(session, client, step, HOME)
    evidence.note(session, partner, Step.VERIFIED, HOME)
    assert [person.name for person, _ in recall(session, guarded.id, by=firm.manager).opened] == ["Partner C."]


def test_an_opening_of_another_sendings_link_is_not_told(session, firm, revision, sending):
    firm.send(revision, [firm.client])
    gate.open_without_code(session, token(session, firm.client), HOME)
    assert recall(session, sending.id, by=firm.manager).opened == ()


def test_the_sending_says_when_and_the_history_by_whom(session, firm, sending, clock):
    clock.forward(days=2)
    assert recall(session, sending.id, by=firm.administrator).sending.recalled_at == clock()
    newest = firm.history()[0]
    assert (newest.what, newest.about, newest.person_id) == ("sending recalled", "Night two", firm.administrator.id)


def test_recalling_twice_changes_nothing_more(session, firm, sending, clock):
    first = clock()
    recall(session, sending.id, by=firm.manager)
    clock.forward(minutes=5)
    again = recall(session, sending.id, by=firm.administrator)
    assert (again.sending.recalled_at, again.stopped) == (first, 0)
    assert {each.revoked_at for each in links(session)} == {first}
    assert [each.what for each in firm.history()].count("sending recalled") == 1


def test_the_open_pages_of_the_case_and_of_the_links_hear_of_it(session, firm, sending):
    ids = [each.id for each in links(session)]
    session.info.clear()
    recall(session, sending.id, by=firm.manager)
    assert session.info["rings"] == {bell.case(firm.case.id), bell.CASES, *map(bell.link, ids)}


def test_a_sending_without_files_is_recalled_as_well(session, firm, clock):
    bare = firm.send(firm.update(), [firm.client])
    clock.forward(seconds=10)
    recalled = recall(session, bare.id, by=firm.manager)
    assert (recalled.stopped, recalled.opened, recalled.sending.recalled_at) == (1, (), clock())


def test_what_was_recalled_can_be_sent_again_under_new_links(session, firm, revision, sending):
    dead = token(session, firm.client)
    recall(session, sending.id, by=firm.manager)
    firm.send(revision, [firm.client])
    session.expire_all()
    assert open_link(session, token(session, firm.client)).token_hash != dead
    with pytest.raises(LinkRevoked):
        open_link(session, dead)


@pytest.mark.parametrize(("name", "refusal"), WHO_MAY_NOT_SEND)
def test_nobody_else_recalls_it(session, firm, sending, written, name, refusal):
    visit = gate.open_without_code(session, token(session, firm.client), HOME)
    with pytest.raises(refusal):
        recall(session, sending.id, by=getattr(firm, name))
    session.expire_all()
    assert {each.revoked_at for each in links(session)} == {None}
    assert {each.cancelled_at for each in written.messages} == {None}
    assert session.get_one(Visit, visit.id).ended_at is None
    assert sending.recalled_at is None


def test_a_case_manager_of_other_cases_does_not_recall_it(session, firm, sending):
    stranger = firm.person("Night Desk", "Case Manager", level=AccessLevel.LIMITED)
    with pytest.raises(NotFound):
        recall(session, sending.id, by=stranger)
    firm.assign(stranger, Group.CASE_MANAGER)
    assert recall(session, sending.id, by=stranger).sending.recalled_at


@pytest.mark.parametrize("made_up", [0, -1, 404])
def test_a_made_up_sending_is_not_found(session, firm, made_up):
    with pytest.raises(NotFound):
        recall(session, made_up, by=firm.manager)
