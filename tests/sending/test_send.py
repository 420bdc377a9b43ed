"""Send an update: who may, to whom, once, and everything or nothing."""

import functools
from datetime import timedelta

import pytest

from caseupdates import bell, clock
from caseupdates.cases.models import Group
from caseupdates.database import reading, writing
from caseupdates.people import preferences
from caseupdates.people.models import AccessLevel, Kind
from caseupdates.refusals import Invalid, NotFound
from caseupdates.sending.models import Channel
from caseupdates.sending.recipients import NotARecipient
from caseupdates.sending.send import NOTE_LENGTH, NotValidated, SentMeanwhile, send, sendings_so_far
from caseupdates.sending.undo import undo
from caseupdates.updates.validation import NotTheNewest
from tests.delivery.post import letters_due
from tests.sending.conftest import NOTHING, WHO_MAY_NOT_SEND, Written
from tests.stories import UNDO
from tests.together import together

TWO_RECIPIENTS = {"sendings": 1, "deliveries": 2, "messages": 2, "notices": 2}


@pytest.fixture
def revision(firm):
    return firm.update("Night two", "Two vehicles at **02:14**.")


def press(session, revision, to, *, by, seen=None, already=0, note=""):
    """Press "Send" in a dialog that was opened before anything was sent."""
    ids = [each if isinstance(each, int) else each.id for each in to]
    number = revision.number if seen is None else seen
    return send(session, revision.update_id, ids, seen=number, already=already, note=note, by=by, undo=UNDO)


def test_a_sending_says_who_sent_what_when_and_with_which_words(firm, revision, clock):
    sending = firm.send(revision, [firm.client], note="  Please read this.\n")
    assert (sending.revision_id, sending.sender_id, sending.number) == (revision.id, firm.manager.id, 1)
    assert (sending.sent_at, sending.undo_until) == (clock(), clock() + timedelta(seconds=10))
    assert (sending.note, sending.undone_at) == ("Please read this.", None)


def test_every_recipient_gets_one_delivery_one_notification_and_one_mail(firm, revision, written):
    people = [firm.client, firm.partner, firm.investigator, firm.colleague]
    firm.send(revision, people)
    assert written.counts() == {"sendings": 1, "deliveries": 4, "messages": 4, "notices": 4}
    ids = {person.id for person in people}
    assert {each.person_id for each in written.deliveries} == {each.person_id for each in written.notices} == ids
    assert {each.recipient for each in written.messages} == {person.email for person in people}


def test_a_delivery_leads_to_the_notification_and_mail_of_the_same_person(firm, revision, written):
    firm.send(revision, [firm.partner, firm.client, firm.colleague])
    for delivery in written.deliveries:
        assert delivery.notification.person_id == delivery.person_id
        assert delivery.message.recipient == delivery.person.email


def test_a_delivery_names_the_block_the_person_was_chosen_from(firm, revision, written):
    firm.send(revision, [firm.client, firm.manager, firm.colleague])
    assert {each.person.name: each.group for each in written.deliveries} == {
        "Client C.": "Client Contact",
        "Manager G.": "Case Manager",
        "Colleague S.": "Unassigned Staff",
    }


def test_whoever_wants_no_email_gets_the_notification_only(session, firm, revision, written):
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    firm.send(revision, [firm.client, firm.partner])
    silent = next(each for each in written.deliveries if each.person == firm.client)
    assert (silent.channel, silent.message) == (Channel.NOTIFICATION, None)
    assert silent.reason == "wants no email for case updates"
    assert written.counts() == {"sendings": 1, "deliveries": 2, "messages": 1, "notices": 2}


def test_a_notification_holds_the_content_as_sent(firm, revision, written):
    firm.send(revision, [firm.client])
    [notice] = written.notices
    assert (notice.title, notice.body) == ("Night two", "Two vehicles at **02:14**.")
    assert notice.summary == "Manager G. sent you an update on 2026-0142."
    assert notice.path == f"/cases/2026-0142/updates/{revision.update_id}"
    assert (notice.actor, notice.topic) == (firm.manager, bell.case(firm.case.id))


def test_nothing_is_due_before_the_undo_window_ends(session, firm, clock):
    firm.send(firm.update(by=firm.manager), [firm.client])
    clock.forward(seconds=9, milliseconds=999)
    assert letters_due(session) == []
    clock.forward(milliseconds=1)
    assert [each.recipient for each in letters_due(session)] == ["client@example.com"]


def test_the_open_pages_of_case_and_recipients_hear_of_it(session, firm, revision):
    session.info.clear()
    firm.send(revision, [firm.client, firm.colleague])
    people = {bell.person(firm.client.id), bell.person(firm.colleague.id)}
    assert session.info["rings"] == {bell.case(firm.case.id), bell.CASES, bell.OUTBOX} | people


def test_sending_moves_the_case_to_the_top(firm, revision, clock):
    clock.forward(hours=1)
    firm.send(revision, [firm.client])
    assert firm.case.last_activity_at == clock()


def test_an_update_that_is_not_validated_cannot_be_sent(session, firm, written):
    waiting = firm.update(validated=False)
    with pytest.raises(NotValidated, match="not validated yet"):
        press(session, waiting, [firm.client], by=firm.manager)
    assert written.counts() == NOTHING


def test_an_edit_of_a_validated_update_cannot_be_sent_until_it_is_validated(session, firm, revision, written):
    edited = firm.edit(revision)
    for seen in (1, 2):
        with pytest.raises(NotValidated):
            press(session, revision, [firm.client], by=firm.manager, seen=seen)
    firm.validate(edited)
    assert press(session, edited, [firm.client], by=firm.manager).revision_id == edited.id


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_only_the_text_the_sender_has_seen_is_sent(session, firm, revision, written, seen):
    newest = firm.validate(firm.edit(revision))
    with pytest.raises(NotTheNewest):
        press(session, newest, [firm.client], by=firm.manager, seen=seen)
    assert written.counts() == NOTHING


@pytest.mark.parametrize(("name", "refusal"), WHO_MAY_NOT_SEND)
def test_nobody_sends_without_both_case_and_permission(session, firm, revision, written, name, refusal):
    with pytest.raises(refusal):
        press(session, revision, [firm.partner], by=getattr(firm, name))
    assert written.counts() == NOTHING


def test_a_case_manager_of_other_cases_does_not_send_this_one(session, firm, revision):
    stranger = firm.person("Night Desk", "Case Manager", level=AccessLevel.LIMITED)
    with pytest.raises(NotFound):
        press(session, revision, [firm.client], by=stranger)
    firm.assign(stranger, Group.CASE_MANAGER)
    assert press(session, revision, [firm.client], by=stranger).sender_id == stranger.id


def test_a_made_up_update_is_not_found(session, firm):
    with pytest.raises(NotFound):
        send(session, 404, [firm.client.id], seen=1, already=0, by=firm.manager, undo=UNDO)


def off_the_case(firm):
    return firm.outsider.id


def made_up(firm):
    return 404


def nonsense(firm):
    return -1


@pytest.mark.parametrize("whom", [off_the_case, made_up, nonsense])
def test_nobody_who_is_not_offered_can_be_a_recipient(session, firm, revision, written, whom):
    with pytest.raises(NotARecipient, match="Somebody you chose can no longer receive updates of this case"):
        press(session, revision, [firm.client, whom(firm)], by=firm.manager)
    assert written.counts() == NOTHING


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"access_level": AccessLevel.DISABLED}, "access level is Disabled"),
        ({"archived_at": clock.now()}, "archived"),
        ({"email": None}, "has no email address"),
        ({"bounced_at": clock.now()}, "the address bounced on"),
    ],
)
def test_nobody_who_is_blocked_can_be_a_recipient(session, firm, revision, written, facts, reason):
    for name, value in facts.items():
        setattr(firm.partner, name, value)
    session.flush()
    with pytest.raises(NotARecipient, match=rf"^Partner C\. cannot receive this update: {reason}"):
        press(session, revision, [firm.client, firm.partner], by=firm.manager)
    assert written.counts() == NOTHING


def test_a_contact_never_gets_what_is_outside_their_access_group(session, firm, written):
    with pytest.raises(NotARecipient, match="may not see “Staff only” updates"):
        press(session, firm.update(group=firm.staff_only), [firm.client], by=firm.manager)
    assert written.counts() == NOTHING


def test_somebody_who_left_the_case_since_the_dialog_opened_is_refused(session, firm, revision):
    firm.assign(firm.outsider, Group.CLIENT_CONTACT).ended_at = clock.now()
    session.flush()
    with pytest.raises(NotARecipient):
        press(session, revision, [firm.outsider], by=firm.manager)


def test_a_sending_to_nobody_is_refused(session, firm, revision, written):
    with pytest.raises(Invalid, match="Choose at least one recipient"):
        press(session, revision, [], by=firm.manager)
    assert written.counts() == NOTHING


def test_somebody_chosen_twice_gets_it_once(session, firm, revision, written):
    firm.assign(firm.manager, Group.INVESTIGATOR)
    press(session, revision, [firm.client, firm.client, firm.manager, firm.manager], by=firm.manager)
    assert written.counts() == TWO_RECIPIENTS


def test_the_longest_note_is_taken(firm, revision):
    assert len(firm.send(revision, [firm.client], note="x" * NOTE_LENGTH).note) == 5_000


def test_a_longer_note_is_refused(firm, revision, written):
    with pytest.raises(Invalid, match="at most 5,000 characters"):
        firm.send(revision, [firm.client], note="x" * (NOTE_LENGTH + 1))
    assert written.counts() == NOTHING


def test_a_second_click_returns_the_first_ones_sending(session, firm, revision, written, clock):
    first = press(session, revision, [firm.client, firm.partner], by=firm.manager, note="Please read this.")
    clock.forward(minutes=5)
    second = press(session, revision, [firm.partner, firm.client], by=firm.manager, note=" Please read this. ")
    assert second == first
    assert written.counts() == TWO_RECIPIENTS


@pytest.mark.parametrize("change", [{"by": "administrator"}, {"note": "Another note."}, {"to": ["client"]}])
def test_a_second_sender_is_told_who_was_first_and_nothing_is_sent_twice(session, firm, revision, written, change):
    press(session, revision, [firm.client, firm.partner], by=firm.manager)
    told = {"by": "manager", "note": "", "to": ["client", "partner"], **change}
    to, by = [getattr(firm, each) for each in told["to"]], getattr(firm, told["by"])
    with pytest.raises(SentMeanwhile, match=r"^Manager G\. has just sent this update\. Nothing was sent a second time"):
        press(session, revision, to, by=by, note=told["note"])
    assert written.counts() == TWO_RECIPIENTS


def test_who_knows_of_the_first_sending_sends_again(session, firm, revision, written):
    press(session, revision, [firm.client], by=firm.manager)
    assert sendings_so_far(session, revision.update_id) == 1
    again = press(session, revision, [firm.client], by=firm.administrator, already=1)
    assert again.number == 2
    assert written.counts() == {"sendings": 2, "deliveries": 2, "messages": 2, "notices": 2}


def test_after_an_undo_the_same_people_can_be_sent_to_again(session, firm, revision):
    undo(session, firm.send(revision, [firm.client]).id, by=firm.manager)
    assert sendings_so_far(session, revision.update_id) == 1
    assert firm.send(revision, [firm.client]).number == 2


def test_a_late_second_click_on_a_sending_that_was_undone_sends_nothing(session, firm, revision, written):
    first = press(session, revision, [firm.client], by=firm.manager)
    undo(session, first.id, by=firm.manager)
    with pytest.raises(SentMeanwhile):
        press(session, revision, [firm.client], by=firm.manager)
    assert len(written.sendings) == 1


def test_what_was_sent_stays_what_was_sent(session, firm, revision, written):
    firm.send(revision, [firm.client])
    mail, body = written.mail(firm.client), written.notices[0].body
    firm.validate(firm.edit(revision, "Night two, corrected", "Three vehicles."))
    firm.client.name, firm.manager.name = "Renamed C.", "Renamed G."
    session.flush()
    session.expire_all()
    assert written.mail(firm.client) == mail
    assert (written.notices[0].title, written.notices[0].body) == ("Night two", body)
    assert written.sendings[0].revision.title == "Night two"


@pytest.mark.parametrize("address", ["nobody", "a@example.com, b@example.com"])
def test_a_failure_in_the_middle_leaves_nothing(standing, address):
    with writing() as session:
        session.merge(standing.partner).email = address
    with pytest.raises(Invalid), writing() as session:
        press(session, standing.ready, [standing.client, standing.partner, standing.manager], by=standing.manager)
    with reading() as session:
        assert Written(session).counts() == NOTHING
        assert sendings_so_far(session, standing.ready.update_id) == 0


def at_once(standing, *senders):
    """Press "Send" in as many browsers at the same moment; what each was answered."""

    def click(person):
        with writing() as session:
            return press(session, standing.ready, [standing.client, standing.partner], by=person).id

    return together(*(functools.partial(click, each) for each in senders))


def test_of_two_people_pressing_at_once_exactly_one_sends(standing):
    answers = at_once(standing, standing.manager, standing.administrator)
    assert sorted(map(type, answers), key=str) == [SentMeanwhile, int]
    with reading() as session:
        assert Written(session).counts() == TWO_RECIPIENTS


def test_a_double_click_in_the_same_moment_sends_once_and_both_see_it(standing):
    first, second = at_once(standing, standing.manager, standing.manager)
    assert first == second
    with reading() as session:
        assert Written(session).counts() == TWO_RECIPIENTS
