"""What the provider reports, as the sender sees it: the ladder, the numbers, the notice, and the next sending."""

from datetime import UTC

import pytest

from caseupdates import bell
from caseupdates.delivery import hearing
from caseupdates.delivery.outcomes import Accepted
from caseupdates.notifications import listing
from caseupdates.people import bounces
from caseupdates.people.models import Kind
from caseupdates.sending.evidence import summaries
from caseupdates.sending.failures import tell_sender
from caseupdates.sending.journal.rows import sending_rows
from caseupdates.sending.models import Channel
from caseupdates.sending.recipients import NotARecipient, blocks, candidates_by_person
from tests.delivery.post import hand_over
from tests.delivery.reports import HARD, SOFT, report


@pytest.fixture
def revision(firm):
    return firm.update("Night two", by=firm.manager)


@pytest.fixture
def sent(session, firm, revision, written, clock):
    """The mail to the client, accepted a minute ago."""
    firm.send(revision, [firm.client])
    clock.forward(seconds=10)
    hand_over(session, Accepted("re_1"))
    clock.forward(minutes=1)
    return written.messages[0]


def told(session, sent, *types, **details):
    for type in types:
        hearing.hear(session, report(sent, type, **details), told=tell_sender)


def row(session, firm, revision):
    [sending] = sending_rows(session, revision.update_id, UTC, by=firm.manager)
    return sending.recipients[0]


def failed(session, revision):
    return summaries(session, [revision.update_id])[revision.update_id].failed


@pytest.mark.parametrize(
    ("types", "now", "hue", "dots", "failures"),
    [
        (["delivery_delayed"], "Delayed", "amber", ["done", "done", ""], 0),
        (["delivery_delayed", "delivered"], "Delivered", "jade", ["done", "done", "done"], 0),
        (["bounced"], "Bounced", "red", ["done", "done", "failed"], 1),
        (["failed"], "Failed", "red", ["done", "done", "failed"], 1),
        (["suppressed"], "Suppressed", "red", ["done", "done", "failed"], 1),
        (["delivered", "complained"], "Marked as spam", "red", ["done", "done", "done"], 0),
    ],
)
def test_the_ladder_moves_and_says_when(session, firm, revision, sent, types, now, hue, dots, failures):
    told(session, sent, *types)
    shown = row(session, firm, revision)
    assert (shown.now, shown.hue, shown.dots[:3], shown.when) == (now, hue, dots, "today 09:01")
    assert failed(session, revision) == failures


def test_what_was_accepted_stays_accepted_at_its_moment(session, firm, revision, sent):
    told(session, sent, "sent")
    assert (row(session, firm, revision).now, row(session, firm, revision).when) == ("Accepted", "today 09:00")


@pytest.mark.parametrize(
    ("type", "details", "says"),
    [
        ("bounced", HARD, "The address does not exist."),
        ("bounced", SOFT, "The mailbox is full."),
        ("failed", {}, "The mail provider could not send it: reached daily quota."),
    ],
)
def test_why_it_did_not_arrive_stands_in_the_list_and_in_the_senders_notice(
    session, firm, revision, sent, type, details, says
):
    told(session, sent, type, **details)
    assert row(session, firm, revision).detail == says
    [notice] = [each for each in listing.newest(session, by=firm.manager) if each.kind is Kind.DELIVERY_FAILED]
    assert notice.title == "An email was not delivered"
    assert notice.summary == f"Client C. did not get “Night two” by email. {says}"


def test_a_complaint_is_not_said_to_be_undelivered(session, firm, revision, sent):
    told(session, sent, "delivered", "complained")
    [notice] = [each for each in listing.newest(session, by=firm.manager) if each.kind is Kind.DELIVERY_FAILED]
    assert notice.title == "An email was marked as spam"
    assert notice.summary.startswith("Client C. got “Night two” by email. The recipient marked it as spam.")


def test_the_sender_hears_of_a_mail_once(session, firm, revision, sent):
    told(session, sent, "bounced", "complained", "bounced", "suppressed")
    assert [each.kind for each in listing.newest(session, by=firm.manager)].count(Kind.DELIVERY_FAILED) == 1


def test_open_pages_of_the_case_look_again(session, firm, revision, sent):
    session.info.pop("rings", None)
    told(session, sent, "delivered")
    assert bell.case(firm.case.id) in session.info["rings"]


def test_the_next_sending_shows_them_as_blocked_until_they_are_reactivated(session, firm, revision, sent, clock):
    told(session, sent, "bounced", **HARD)
    found = candidates_by_person(blocks(session, revision))[firm.client.id]
    assert (found.channel, found.reason) == (Channel.BLOCKED, "the address bounced on 23 November")
    with pytest.raises(NotARecipient, match="the address bounced"):
        firm.send(revision, [firm.client])
    clock.forward(minutes=1)
    bounces.reactivate(session, firm.client.id, by=firm.administrator)
    assert candidates_by_person(blocks(session, revision))[firm.client.id].channel is Channel.EMAIL
