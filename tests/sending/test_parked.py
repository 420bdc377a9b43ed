"""Whoever runs the installation decides about mails that wait for a person."""

from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates.cases.models import Assignment
from caseupdates.delivery import claiming, outbox
from caseupdates.delivery.journey import Stage, journey
from caseupdates.delivery.models import Lane, Message
from caseupdates.delivery.outbox import NotParked
from caseupdates.delivery.outcomes import Accepted, Parked, Unknown
from caseupdates.history.listing import Wanted, of_firm
from caseupdates.refusals import NotFound, NotPermitted
from caseupdates.sending import parked as room
from caseupdates.sending.again import OffTheCase, TakenBack
from caseupdates.sending.parked import NotSure, count_sendable, give_up, parked, send_again, send_all_again
from caseupdates.sending.recall import recall
from caseupdates.sending.recipients import NotARecipient
from tests.delivery.post import a_mail, attempted, hand_over

NOT_ADMINISTRATORS = ["manager", "investigator", "colleague", "client"]


@pytest.fixture
def park(session, clock):
    """Have a mail parked that certainly did not arrive; its message."""

    def parked_now(to="client@example.com", **when):
        outbox.enqueue(session, a_mail(to), **when)
        return attempted(session, Parked("Nobody took it."))

    return parked_now


@pytest.fixture
def doubtful(session, clock):
    """A mail that may have arrived a day ago, when the provider has forgotten it."""
    outbox.enqueue(session, a_mail("doubt@example.com"))
    attempted(session, Unknown())
    clock.forward(hours=23)
    [message] = claiming.claim(session).given_up
    assert message.parked_at
    return message


@pytest.fixture
def sending(session, firm, clock):
    return firm.send(firm.update("Night two", by=firm.manager), [firm.client])


@pytest.fixture
def of_sending(session, sending, clock):
    """The parked mail of a sending to the client."""
    clock.forward(seconds=10)
    [message] = hand_over(session, Parked("Nobody took it."))
    message.batch_id = None
    return message


def history(session, firm):
    return [(line.event.what, line.event.about) for line in of_firm(session, Wanted(), by=firm.administrator)]


def test_the_latest_comes_first_and_only_so_many(session, firm, park, clock):
    mails = []
    for _ in range(3):
        clock.forward(minutes=1)
        mails.append(park())
    assert [each.message for each in parked(session, by=firm.administrator, limit=2)] == [mails[2], mails[1]]


def test_a_mail_is_sent_again_and_history_keeps_who_did(session, firm, park):
    message = park()
    send_again(session, message.id, by=firm.administrator)
    assert history(session, firm)[0] == ("email tried again", "client@example.com")
    assert parked(session, by=firm.administrator) == []
    hand_over(session, Accepted("re_1"))
    assert message.accepted_at


def test_a_mail_that_may_have_arrived_goes_again_only_when_somebody_is_sure(session, firm, doubtful):
    assert [each.message for each in parked(session, by=firm.administrator)] == [doubtful]
    with pytest.raises(NotSure, match="not certain whether this mail arrived"):
        send_again(session, doubtful.id, by=firm.administrator)
    assert doubtful.parked_at
    send_again(session, doubtful.id, even_twice=True, by=firm.administrator)
    assert doubtful.due_at


def test_a_mail_the_provider_would_still_recognise_needs_no_question(session, firm, clock):
    outbox.enqueue(session, a_mail())
    attempted(session, Unknown())
    clock.forward(hours=22, minutes=59)
    message = attempted(session, Parked("Look."))
    assert message.batch_id
    send_again(session, message.id, by=firm.administrator)
    assert message.due_at


def test_all_that_certainly_did_not_arrive_goes_again_at_once(session, firm, doubtful, park, clock):
    certain = [park(f"client{n}@example.com") for n in range(3)]
    for message in certain:
        message.batch_id = None
    expired = park(lane=Lane.CODE, useless_after=clock() + timedelta(minutes=10))
    clock.forward(minutes=10)
    session.flush()
    assert count_sendable(session) == 3
    assert send_all_again(session, by=firm.administrator) == (3, 0)
    assert all(message.due_at for message in certain)
    assert doubtful.parked_at
    assert expired.parked_at
    assert count_sendable(session) == 0


def test_sending_all_again_takes_the_oldest_first_and_not_too_many(session, firm, park, clock, monkeypatch):
    monkeypatch.setattr(room, "AT_ONCE", 2)
    mails = []
    for _ in range(3):
        clock.forward(minutes=1)
        mails.append(park())
    assert send_all_again(session, by=firm.administrator) == (2, 0)
    assert [bool(each.due_at) for each in mails] == [True, True, False]


def test_a_code_is_of_use_until_it_expires(session, firm, park, clock):
    park(lane=Lane.CODE, useless_after=clock() + timedelta(minutes=10))
    clock.forward(minutes=9, seconds=59)
    assert parked(session, by=firm.administrator)[0].is_of_use
    clock.forward(seconds=1)
    assert not parked(session, by=firm.administrator)[0].is_of_use


def test_a_mail_given_up_is_over_and_history_keeps_who_did(session, firm, park, clock):
    message = park()
    give_up(session, message.id, by=firm.administrator)
    assert history(session, firm)[0] == ("email given up", "client@example.com")
    assert parked(session, by=firm.administrator) == []
    clock.forward(days=9)
    assert not claiming.claim(session)
    with pytest.raises(NotParked):
        send_again(session, message.id, by=firm.administrator)


def test_a_sendings_mail_is_written_down_on_its_case(session, firm, of_sending):
    send_again(session, of_sending.id, by=firm.administrator)
    assert (firm.history()[0].what, firm.history()[0].about) == ("email tried again", "Night two · Client C.")


def test_a_sendings_mail_given_up_is_failed_where_its_sender_looks(session, firm, of_sending):
    give_up(session, of_sending.id, by=firm.administrator)
    assert firm.history()[0].what == "email given up"
    assert of_sending.refused_at


def test_nobody_is_sent_what_they_may_not_receive_any_more(session, firm, of_sending, clock):
    firm.client.bounced_at = clock()
    with pytest.raises(NotARecipient, match=r"Client C[.] cannot receive this update: the address bounced"):
        send_again(session, of_sending.id, by=firm.administrator)
    assert send_all_again(session, by=firm.administrator) == (0, 1)
    assert of_sending.parked_at


def test_somebody_off_the_case_is_named(session, firm, of_sending, clock):
    for assignment in session.exec(select(Assignment).where(Assignment.person_id == firm.client.id)):
        assignment.ended_at = clock()
    session.flush()
    with pytest.raises(OffTheCase, match=r"Client C[.] can no longer receive updates of this case"):
        send_again(session, of_sending.id, by=firm.administrator)


@pytest.mark.parametrize("fact", ["undone_at", "recalled_at"])
def test_what_was_taken_back_goes_to_nobody(session, firm, sending, of_sending, clock, fact):
    setattr(sending, fact, clock())
    session.flush()
    with pytest.raises(TakenBack):
        send_again(session, of_sending.id, by=firm.administrator)
    assert send_all_again(session, by=firm.administrator) == (0, 1)
    assert of_sending.parked_at


def test_a_recall_takes_back_what_waits_for_a_person(session, firm, sending, of_sending):
    assert recall(session, sending.id, by=firm.manager).stopped == 1
    session.expire_all()
    assert (of_sending.cancelled_at is None, journey(of_sending).stage) == (False, Stage.CANCELLED)
    assert (parked(session, by=firm.administrator), count_sendable(session)) == ([], 0)


@pytest.mark.parametrize("name", NOT_ADMINISTRATORS)
def test_nobody_else_looks_or_decides(session, firm, park, name):
    person, message = getattr(firm, name), park()
    for verb in (parked, send_all_again):
        with pytest.raises(NotPermitted):
            verb(session, by=person)
    for verb in (send_again, give_up):
        with pytest.raises(NotPermitted):
            verb(session, message.id, by=person)
    assert message.parked_at


@pytest.mark.parametrize("verb", [send_again, give_up])
def test_a_mail_that_is_not_there_or_does_not_wait_is_refused(session, firm, verb):
    message = outbox.enqueue(session, a_mail())
    with pytest.raises(NotParked):
        verb(session, message.id, by=firm.administrator)
    with pytest.raises(NotFound):
        verb(session, message.id + 99, by=firm.administrator)
    assert session.exec(select(Message.due_at).where(Message.id == message.id)).one()
