"""A person's own notifications."""

import pytest

from caseupdates import bell
from caseupdates.notifications import listing
from caseupdates.notifications.notify import notify
from caseupdates.people.models import Kind
from caseupdates.refusals import NotFound
from caseupdates.sending.undo import undo


@pytest.fixture
def three(session, firm):
    """Three notifications of the client's, oldest first; the partner has one."""
    told = [tell(session, firm.client, title) for title in ("One", "Two", "Three")]
    tell(session, firm.partner, "The partner's")
    session.info.clear()
    return told


def tell(session, person, title, **options):
    [notice] = notify(session, [person], Kind.CASE_UPDATE, title, "A summary.", by_mail=False, **options)
    return notice


def titles(session, person, **options):
    return [each.title for each in listing.newest(session, by=person, **options)]


def test_ones_own_notifications_come_newest_first(session, firm, three):
    assert titles(session, firm.client) == ["Three", "Two", "One"]
    assert titles(session, firm.partner) == ["The partner's"]
    assert titles(session, firm.outsider) == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_list_is_as_long_as_asked_for(session, firm, three, limit):
    assert titles(session, firm.client, limit=limit) == ["Three", "Two", "One"][:limit]


def test_marking_one_read_and_unread_again(session, firm, three, clock):
    listing.mark(session, three[1].id, read=True, by=firm.client)
    assert three[1].read_at == clock()
    assert titles(session, firm.client, unread_only=True) == ["Three", "One"]
    assert listing.unread(session, by=firm.client) == 2
    listing.mark(session, three[1].id, read=False, by=firm.client)
    assert three[1].read_at is None
    assert listing.unread(session, by=firm.client) == 3


def test_reading_again_does_not_change_when_it_was_first_read(session, firm, three, clock):
    first = clock()
    for _ in range(2):
        listing.mark(session, three[0].id, read=True, by=firm.client)
        clock.forward(hours=1)
    assert three[0].read_at == first


def test_marking_all_read_is_about_ones_own(session, firm, three):
    listing.mark_all_read(session, by=firm.client)
    assert listing.unread(session, by=firm.client) == 0
    assert listing.unread(session, by=firm.partner) == 1


def test_marking_all_read_does_not_change_when_others_were_read(session, firm, three, clock):
    listing.mark(session, three[0].id, read=True, by=firm.client)
    clock.forward(hours=1)
    listing.mark_all_read(session, by=firm.client)
    session.expire_all()
    assert three[1].read_at == clock()
    assert three[0].read_at < clock()


@pytest.mark.parametrize("name", ["partner", "outsider", "manager", "administrator"])
def test_nobody_marks_somebody_elses(session, firm, three, name):
    with pytest.raises(NotFound):
        listing.mark(session, three[0].id, read=True, by=getattr(firm, name))
    assert three[0].read_at is None


@pytest.mark.parametrize("made_up", [0, -1, 404_000])
def test_a_made_up_notification_is_not_found(session, firm, three, made_up):
    with pytest.raises(NotFound):
        listing.mark(session, made_up, read=True, by=firm.client)


@pytest.fixture
def withdrawn(session, firm):
    """The client's notification of a sending that was undone."""
    sending = firm.send(firm.update(), [firm.client])
    [notice] = listing.newest(session, by=firm.client)
    undo(session, sending.id, by=firm.manager)
    session.refresh(notice)
    return notice


def test_what_was_withdrawn_is_neither_seen_nor_counted_nor_marked(session, firm, withdrawn):
    assert titles(session, firm.client) == titles(session, firm.client, unread_only=True) == []
    assert listing.unread(session, by=firm.client) == 0
    with pytest.raises(NotFound):
        listing.mark(session, withdrawn.id, read=True, by=firm.client)


def test_what_nobody_could_see_is_not_said_to_have_been_read(session, firm, withdrawn):
    listing.mark_all_read(session, by=firm.client)
    session.refresh(withdrawn)
    assert withdrawn.read_at is None


def test_reading_tells_the_persons_pages_and_whoever_watches_the_sending(session, firm):
    notice = tell(session, firm.client, "One", topic=bell.case(firm.case.id))
    session.info.clear()
    listing.mark(session, notice.id, read=True, by=firm.client)
    assert session.info["rings"] == {bell.person(firm.client.id), bell.case(firm.case.id)}


def test_reading_all_tells_whoever_watches_any_of_them(session, firm):
    for topic in (bell.case(firm.case.id), bell.case(firm.other_case.id), ""):
        tell(session, firm.client, "One", topic=topic)
    session.info.clear()
    listing.mark_all_read(session, by=firm.client)
    cases = {bell.case(firm.case.id), bell.case(firm.other_case.id)}
    assert session.info["rings"] == {bell.person(firm.client.id)} | cases


def test_a_notification_that_nobody_watches_tells_the_persons_pages_only(session, firm, three):
    listing.mark(session, three[0].id, read=True, by=firm.client)
    assert session.info["rings"] == {bell.person(firm.client.id)}
