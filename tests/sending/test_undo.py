"""Undo: for ten seconds a sending can be taken back as if it had not been."""

from datetime import timedelta

import pytest

from caseupdates import bell
from caseupdates.cases.models import Group
from caseupdates.database import reading, writing
from caseupdates.notifications import listing
from caseupdates.people import preferences
from caseupdates.people.models import AccessLevel, Kind
from caseupdates.refusals import NotFound
from caseupdates.sending.models import Sending
from caseupdates.sending.undo import TooLate, undo
from tests.delivery.post import letters_due
from tests.sending.conftest import WHO_MAY_NOT_SEND, Written


@pytest.fixture
def sending(firm):
    return firm.send(firm.update(), [firm.client, firm.partner])


def test_undone_before_the_tenth_second_nothing_ever_leaves(session, firm, sending, written, clock):
    clock.forward(seconds=9, milliseconds=999)
    assert undo(session, sending.id, by=firm.manager).undone_at == clock()
    session.expire_all()
    assert [each.cancelled_at for each in written.messages] == [clock(), clock()]
    clock.forward(days=1)
    assert not {each.id for each in letters_due(session)} & {each.id for each in written.messages}


def test_at_ten_seconds_it_is_too_late(session, firm, sending, written, clock):
    clock.forward(seconds=10)
    with pytest.raises(TooLate, match="too late to undo this"):
        undo(session, sending.id, by=firm.manager)
    assert sending.undone_at is None
    assert [each.withdrawn_at for each in written.notices] == [None, None]


def test_the_window_is_as_long_as_the_setting(session, firm, clock):
    sending = firm.send(firm.update(), [firm.client], undo=timedelta(minutes=1))
    clock.forward(seconds=59)
    assert undo(session, sending.id, by=firm.manager).undone_at == clock()


def test_without_a_window_there_is_no_undo(session, firm):
    sending = firm.send(firm.update(), [firm.client], undo=timedelta())
    with pytest.raises(TooLate):
        undo(session, sending.id, by=firm.manager)


def test_the_notifications_are_withdrawn(session, firm, sending):
    assert listing.unread(session, by=firm.client) == 1
    undo(session, sending.id, by=firm.manager)
    assert listing.newest(session, by=firm.client) == []
    assert listing.unread(session, by=firm.client) == 0


def test_only_its_own_notifications_are_withdrawn(session, firm):
    kept, undone = (firm.send(firm.update(title), [firm.client]) for title in ("Kept", "Undone"))
    undo(session, undone.id, by=firm.manager)
    assert kept.undone_at is None
    assert [each.title for each in listing.newest(session, by=firm.client)] == ["Kept"]


def test_the_open_pages_hear_of_it(session, firm, sending):
    session.info.clear()
    undo(session, sending.id, by=firm.manager)
    people = {bell.person(firm.client.id), bell.person(firm.partner.id)}
    assert session.info["rings"] == {bell.case(firm.case.id), bell.CASES} | people


def test_whoever_may_send_on_the_case_may_undo_it_too(session, firm, sending):
    assert undo(session, sending.id, by=firm.administrator).undone_at


@pytest.mark.parametrize(("name", "refusal"), WHO_MAY_NOT_SEND)
def test_nobody_else_undoes_it(session, firm, sending, name, refusal):
    with pytest.raises(refusal):
        undo(session, sending.id, by=getattr(firm, name))
    assert sending.undone_at is None


def test_a_case_manager_of_other_cases_does_not_undo_it(session, firm, sending):
    stranger = firm.person("Night Desk", "Case Manager", level=AccessLevel.LIMITED)
    with pytest.raises(NotFound):
        undo(session, sending.id, by=stranger)
    firm.assign(stranger, Group.CASE_MANAGER)
    assert undo(session, sending.id, by=stranger).undone_at


def test_a_made_up_sending_is_not_found(session, firm):
    with pytest.raises(NotFound):
        undo(session, 404, by=firm.manager)


def test_undoing_twice_changes_nothing(session, firm, sending, clock):
    first = undo(session, sending.id, by=firm.manager).undone_at
    clock.forward(minutes=5)
    assert undo(session, sending.id, by=firm.administrator).undone_at == first


def test_once_a_worker_took_a_mail_it_is_too_late_and_nothing_is_withdrawn(standing, clock):
    """A worker in another process may be a moment ahead of us."""
    with writing() as session:
        standing.session = session
        sending = standing.send(standing.ready, [standing.client, standing.partner])
    clock.forward(seconds=10)
    with writing() as session:
        assert Written(session).messages[0].id in {each.id for each in letters_due(session)}
    clock.forward(seconds=-1)
    with pytest.raises(TooLate), writing() as session:
        undo(session, sending.id, by=standing.manager)
    with reading() as session:
        assert session.get_one(Sending, sending.id).undone_at is None
        assert {each.withdrawn_at for each in Written(session).notices} == {None}
        assert {each.cancelled_at for each in Written(session).messages} == {None}


def test_a_sending_of_notifications_only_is_undone_as_well(session, firm):
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    sending = firm.send(firm.update(), [firm.client])
    undo(session, sending.id, by=firm.manager)
    assert listing.newest(session, by=firm.client) == []
