"""What became of what was sent."""

import pytest

from caseupdates.delivery.outcomes import Accepted, Parked, Refused, TryAgain
from caseupdates.notifications import listing
from caseupdates.refusals import NotFound
from caseupdates.sending.evidence import Summary, sendings_of, summaries
from caseupdates.sending.models import Channel
from caseupdates.sending.undo import undo
from tests.delivery import post


@pytest.fixture
def revision(firm):
    return firm.update()


def summary(session, revision):
    session.flush()
    return summaries(session, [revision.update_id]).get(revision.update_id)


def hand_over(session, clock, outcome):
    """Let a worker take everything that is due and record the same outcome for each."""
    clock.forward(seconds=10)
    post.hand_over(session, outcome)


def test_what_was_never_sent_has_no_numbers(session, firm, revision):
    assert summaries(session, [revision.update_id]) == {}
    assert summaries(session, []) == {}


def test_sendings_and_recipients_are_counted_each_person_once(session, firm, revision):
    firm.send(revision, [firm.client, firm.partner])
    second = firm.send(revision, [firm.client, firm.colleague])
    assert summary(session, revision) == Summary(sendings=2, recipients=3, waiting=4, undoable=second)


def test_every_update_has_its_own_numbers(session, firm, revision):
    other = firm.update()
    firm.send(revision, [firm.client, firm.partner])
    firm.send(other, [firm.client])
    found = summaries(session, [revision.update_id, other.update_id])
    assert {update_id: each.recipients for update_id, each in found.items()} == {
        revision.update_id: 2,
        other.update_id: 1,
    }


def test_mails_wait_until_the_provider_has_them(session, firm, revision, clock):
    firm.send(revision, [firm.client, firm.partner])
    hand_over(session, clock, TryAgain())
    assert summary(session, revision).waiting == 2
    clock.forward(hours=1)
    hand_over(session, clock, Accepted("re_1"))
    assert summary(session, revision).waiting == 0


@pytest.mark.parametrize("outcome", [Refused("No such address."), Parked("Look.")])
def test_mails_that_were_refused_or_given_up_failed(session, firm, revision, clock, outcome):
    firm.send(revision, [firm.client, firm.partner])
    assert summary(session, revision).failed == 0
    hand_over(session, clock, outcome)
    assert (summary(session, revision).failed, summary(session, revision).waiting) == (2, 0)


def test_a_bounce_failed_although_it_was_accepted(session, firm, revision, written, clock):
    firm.send(revision, [firm.client, firm.partner])
    hand_over(session, clock, Accepted("re_1"))
    written.messages[0].bounced_at = clock()
    assert summary(session, revision).failed == 1


def test_those_who_read_the_notification_are_counted_once(session, firm, revision):
    for _ in range(2):
        firm.send(revision, [firm.client, firm.partner])
    for notice in listing.newest(session, by=firm.client):
        listing.mark(session, notice.id, read=True, by=firm.client)
    assert summary(session, revision).read == 1


def test_what_was_undone_does_not_count(session, firm, revision):
    undo(session, firm.send(revision, [firm.client, firm.partner]).id, by=firm.manager)
    assert summary(session, revision) is None
    kept = firm.send(revision, [firm.colleague])
    assert summary(session, revision) == Summary(sendings=1, recipients=1, waiting=1, undoable=kept)


def test_a_sending_can_be_undone_until_its_tenth_second(session, firm, revision, clock):
    sending = firm.send(revision, [firm.client])
    clock.forward(seconds=9, milliseconds=999)
    assert summary(session, revision).undoable == sending
    clock.forward(milliseconds=1)
    assert summary(session, revision).undoable is None


def test_of_two_sendings_the_newest_is_the_one_to_undo(session, firm, revision, clock):
    first = firm.send(revision, [firm.client])
    clock.forward(seconds=1)
    second = firm.send(revision, [firm.partner])
    assert summary(session, revision).undoable == second
    undo(session, second.id, by=firm.manager)
    assert summary(session, revision).undoable == first


def test_an_edit_leaves_its_recipients_with_an_older_revision(session, firm, revision):
    firm.send(revision, [firm.client, firm.partner])
    assert summary(session, revision).outdated == 0
    firm.edit(revision)
    assert summary(session, revision).outdated == 2


def test_whoever_got_the_newest_revision_holds_no_older_one(session, firm, revision):
    firm.send(revision, [firm.client, firm.partner])
    second = firm.validate(firm.edit(revision))
    firm.send(second, [firm.client])
    assert summary(session, revision).outdated == 1
    firm.send(second, [firm.partner])
    assert summary(session, revision).outdated == 0


def test_a_newest_revision_that_was_undone_does_not_count_as_held(session, firm, revision):
    firm.send(revision, [firm.client])
    second = firm.validate(firm.edit(revision))
    undo(session, firm.send(second, [firm.client]).id, by=firm.manager)
    assert summary(session, revision).outdated == 1


def test_show_recipients_has_every_sending_newest_first_with_its_recipients_in_order(session, firm, revision):
    firm.send(revision, [firm.partner, firm.colleague, firm.client, firm.manager], note="First.")
    undo(session, firm.send(revision, [firm.client], note="Second.").id, by=firm.manager)
    found = sendings_of(session, revision.update_id, by=firm.manager)
    assert [(sending.note, bool(sending.undone_at)) for sending, _ in found] == [("Second.", True), ("First.", False)]
    assert [(each.group, each.person.name) for each in found[1][1]] == [
        ("Case Manager", "Manager G."),
        ("Client Contact", "Client C."),
        ("Client Contact", "Partner C."),
        ("Unassigned Staff", "Colleague S."),
    ]
    assert {each.channel for each in found[1][1]} == {Channel.EMAIL}


def test_an_update_never_sent_has_no_sendings(session, firm, revision):
    assert sendings_of(session, revision.update_id, by=firm.investigator) == []


@pytest.mark.parametrize("name", ["client", "outsider", "colleague"])
def test_neither_contacts_nor_people_off_the_case_see_the_recipients(session, firm, revision, name):
    firm.send(revision, [firm.client, firm.colleague])
    with pytest.raises(NotFound):
        sendings_of(session, revision.update_id, by=getattr(firm, name))
