"""What waits on a case after sending: links nobody has opened, and links that end this week."""

from datetime import timedelta

import pytest

from caseupdates.links import evidence
from caseupdates.links.models import Step
from caseupdates.links.renewing import revoke
from caseupdates.links.visitors import Visitor
from caseupdates.refusals import NotFound
from caseupdates.sending import waiting
from caseupdates.sending.delivering import Handling
from caseupdates.sending.undo import undo
from tests.files.sent import links, press
from tests.files.shelf import Shelf, counted

VISITOR = Visitor("a-cookie", "192.0.2.1", "Firefox")


@pytest.fixture
def update(session, firm):
    """An update with a file, made when called."""
    shelf = Shelf(session, firm)
    return lambda: shelf.update("plate.jpg")


@pytest.fixture
def sent(firm, update, clock):
    """Send a fresh update with its file behind links; its revision."""

    def send(*people, days=30, verification=False, revision=None):
        revision = revision or update()
        ends = clock() + timedelta(days=days) if days is not None else None
        press(firm, revision, *people, files=Handling(expires_at=ends, needs_verification=verification))
        return revision

    return send


def unopened(session, firm, by=None):
    session.flush()
    found = waiting.not_opened(session, firm.case.number, by=by or firm.manager)
    return {each.update_id: each.people for each in found}


def ending(session, firm, by=None):
    session.flush()
    return {each.update_id: each.people for each in waiting.ending(session, firm.case.number, by=by or firm.manager)}


def test_whose_link_nobody_opened_is_counted_update_by_update(session, firm, sent):
    first, second = sent(firm.client, firm.partner), sent(firm.client)
    assert unopened(session, firm) == {second.update_id: 1, first.update_id: 2}
    evidence.note(session, links(session)[0], Step.OPENED, VISITOR)
    assert unopened(session, firm) == {second.update_id: 1, first.update_id: 1}


def test_a_guarded_link_is_opened_by_its_code_not_by_its_page(session, firm, sent):
    revision, [link] = sent(firm.client, verification=True), links(session)
    evidence.note(session, link, Step.OPENED, VISITOR)
    assert unopened(session, firm) == {revision.update_id: 1}
    evidence.note(session, link, Step.VERIFIED, VISITOR)
    assert unopened(session, firm) == {}


def test_somebody_sent_to_twice_counts_once(session, firm, sent):
    revision = sent(firm.client)
    sent(firm.client, revision=revision)
    assert unopened(session, firm) == {revision.update_id: 1}


def test_an_update_without_links_waits_for_nobody(session, firm):
    firm.send(firm.update(), [firm.client])
    assert (unopened(session, firm), ending(session, firm)) == ({}, {})


@pytest.mark.parametrize(("seconds", "counts"), [(0, 1), (1, 0)])
def test_links_that_end_within_seven_days_end_this_week(session, firm, sent, clock, seconds, counts):
    revision = sent(firm.client, firm.partner, days=7 + seconds / 86400)
    assert ending(session, firm) == ({revision.update_id: 2} if counts else {})


def test_a_link_that_ends_with_the_case_ends_no_week(session, firm, sent):
    revision = sent(firm.client, days=None)
    assert (ending(session, firm), unopened(session, firm)) == ({}, {revision.update_id: 1})


def expire(session, firm, clock):
    clock.forward(days=3)


def take_back(session, firm, clock):
    revoke(session, [each.id for each in links(session)], by=firm.manager)


def leave(session, firm, clock):
    firm.investigators_assignment.ended_at = clock()


def close(session, firm, clock):
    firm.case.closed_at = clock()


@pytest.mark.parametrize("end", [expire, take_back, leave])
def test_a_link_that_leads_nowhere_waits_for_nobody(session, firm, sent, clock, end):
    sent(firm.investigator, days=3)
    assert unopened(session, firm)
    assert ending(session, firm)
    end(session, firm, clock)
    session.flush()
    session.expire_all()
    assert (unopened(session, firm), ending(session, firm)) == ({}, {})


def test_a_closed_case_waits_for_no_link_that_ended_with_it(session, firm, sent, clock):
    sent(firm.client, days=None)
    close(session, firm, clock)
    assert unopened(session, firm) == {}


def test_what_was_undone_waits_for_nobody(session, firm, update):
    undo(session, press(firm, update(), firm.client).id, by=firm.manager)
    session.expire_all()
    assert unopened(session, firm) == {}


def test_only_what_somebody_sees_waits_for_them(session, firm, sent):
    sent(firm.client)
    assert unopened(session, firm, by=firm.investigator)
    assert unopened(session, firm, by=firm.client) == {}
    for stranger in (firm.colleague, firm.outsider):
        with pytest.raises(NotFound):
            unopened(session, firm, by=stranger)


def test_another_cases_links_wait_there(session, firm, sent):
    sent(firm.client)
    assert waiting.not_opened(session, firm.other_case.number, by=firm.manager) == []


def test_each_is_one_question_however_many_there_are(session, firm, sent):
    for _ in range(3):
        sent(firm.client, firm.partner, days=2)
    session.flush()
    for verb in (waiting.not_opened, waiting.ending):
        with counted() as statements:
            assert len(verb(session, firm.case.number, by=firm.manager)) == 3
        assert len(statements) == 2  # the case, and this
