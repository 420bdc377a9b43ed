import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import update

from caseupdates.database import writing
from caseupdates.delivery import claiming, outbox
from caseupdates.delivery.claiming import CHANGED, CHANGED_SINCE, LEASE
from caseupdates.delivery.due import next_due
from caseupdates.delivery.mail import Attachment
from caseupdates.delivery.models import Lane, Message, Payload
from caseupdates.delivery.outcomes import Accepted, Parked, Refused, TryAgain, Unknown
from caseupdates.delivery.parcels import Answer
from caseupdates.delivery.patience import NOT_SURE, TOO_OLD
from caseupdates.delivery.recording import record
from tests.delivery.post import WATCHER, a_mail, attempted, claimed, ids_of, put_in


def test_codes_overtake_older_mail(session, clock):
    mail = outbox.enqueue(session, a_mail())
    clock.forward(minutes=5)
    code = outbox.enqueue(session, a_mail(), lane=Lane.CODE)
    assert ids_of(claimed(session)) == [code.id]
    assert ids_of(claimed(session)) == [mail.id]


def test_a_worker_may_ask_for_one_lane_only(session):
    outbox.enqueue(session, a_mail())
    assert not claiming.claim(session, lanes=[Lane.CODE])
    assert next_due(session, lanes=[Lane.CODE]) is None


def test_mail_goes_in_the_order_it_fell_due(session, clock, monkeypatch):
    monkeypatch.setattr(claiming, "LARGEST", 1)
    late = outbox.enqueue(session, a_mail(), due_at=clock() - timedelta(minutes=1))
    early = outbox.enqueue(session, a_mail(), due_at=clock() - timedelta(minutes=2))
    assert ids_of(claimed(session)) == [early.id]
    assert ids_of(claimed(session)) == [late.id]


def test_a_hundred_mails_are_one_request_and_no_more(session):
    messages = outbox.enqueue_all(session, [a_mail() for _ in range(101)])
    assert ids_of(claimed(session)) == [each.id for each in messages[:100]]
    assert ids_of(claimed(session)) == [messages[100].id]


def test_what_has_attachments_goes_alone_in_its_turn(session, clock):
    first, heavy, last = (outbox.enqueue(session, mail) for mail in (a_mail(), with_attachment(), a_mail()))
    assert ids_of(claimed(session)) == [first.id, last.id]
    assert ids_of(claimed(session)) == [heavy.id]


def with_attachment():
    return replace(a_mail(), attachments=(Attachment("van.jpg", "0" * 64, 1),))


def test_a_retry_is_the_same_request_whatever_came_in_between(session, clock):
    outbox.enqueue_all(session, [a_mail(f"client{n}@example.com") for n in range(3)])
    first = claimed(session)
    record(session, first, Answer(Unknown()))
    clock.forward(hours=1)
    outbox.enqueue(session, a_mail(), due_at=clock() - timedelta(hours=3))
    claimed(session)
    again = claimed(session)
    assert (again.key, again.letters) == (first.key, first.letters)


def test_a_retry_has_the_letters_in_it_that_were_resolved_meanwhile(session, clock):
    messages = outbox.enqueue_all(session, [a_mail(f"client{n}@example.com") for n in range(3)])
    first = claimed(session)
    record(session, first, Answer(Unknown()))
    session.exec(update(Message).where(Message.id == messages[1].id).values(accepted_at=clock(), due_at=None))
    clock.forward(hours=1)
    assert claimed(session).letters == first.letters


def test_mails_the_provider_certainly_did_not_take_may_go_in_another_request(session, clock):
    outbox.enqueue_all(session, [a_mail(), a_mail()])
    first = claimed(session)
    record(session, first, Answer(TryAgain()))
    clock.forward(hours=1)
    assert claimed(session).key != first.key


def test_a_batch_refused_as_a_whole_is_taken_apart(session):
    messages = outbox.enqueue_all(session, [a_mail(), a_mail()])
    record(session, claimed(session), Answer(Refused("Something in there is wrong.")))
    assert [ids_of(claimed(session)) for _ in messages] == [[each.id] for each in messages]


def test_of_a_batch_each_mail_gets_its_own_outcome(session):
    taken, wrong = outbox.enqueue_all(session, [a_mail(), a_mail()])
    ended = record(session, claimed(session), Answer([Accepted("re_1"), Refused("No such address.")]))
    assert [each.id for each in ended] == [wrong.id]
    session.refresh(taken)
    assert (taken.provider_id, taken.due_at, wrong.detail) == ("re_1", None, "No such address.")


def test_a_code_nobody_needs_any_more_is_given_up_instead_of_sent(session, clock):
    code = outbox.enqueue(session, a_mail(), lane=Lane.CODE, useless_after=clock() + timedelta(minutes=10))
    clock.forward(minutes=10)
    claim = claiming.claim(session)
    assert claim.parcel is None
    assert [(each.id, each.detail) for each in claim.given_up] == [(code.id, TOO_OLD)]


def test_a_held_message_is_not_claimed_until_its_lease_lapses(session, clock):
    outbox.enqueue(session, a_mail())
    claimed(session)
    clock.forward(seconds=LEASE.total_seconds() - 1)
    assert not claiming.claim(session)
    clock.forward(seconds=1)
    assert claimed(session).lease == 2


@pytest.mark.parametrize("outcome", [Accepted("re_1"), Refused("No."), Parked("Look.")])
def test_a_message_that_ended_is_never_claimed(session, clock, outcome):
    outbox.enqueue(session, a_mail())
    attempted(session, outcome)
    clock.forward(days=30)
    assert not claiming.claim(session)


def test_a_worker_whose_lease_lapsed_cannot_record(session, clock):
    message = outbox.enqueue(session, a_mail())
    slow = claimed(session)
    clock.forward(seconds=LEASE.total_seconds())
    quick = claimed(session)
    assert record(session, slow, Answer(Refused("Too late to say so."))) is None
    assert record(session, quick, Answer(Accepted("re_2"))) == []
    session.refresh(message)
    assert (message.provider_id, message.refused_at) == ("re_2", None)


def test_a_result_is_recorded_once(session):
    outbox.enqueue(session, a_mail())
    parcel = claimed(session)
    assert record(session, parcel, Answer(Accepted("re_1"))) == []
    assert record(session, parcel, Answer(Refused("No."))) is None


def test_a_result_for_a_batch_that_is_gone_changes_nothing(session):
    outbox.enqueue(session, a_mail())
    assert record(session, replace(claimed(session), batch_id=404), Answer(Accepted("re_1"))) is None


def test_a_result_tells_those_who_watch(session):
    outbox.enqueue(session, a_mail(), topic=WATCHER)
    session.info.clear()
    attempted(session, Accepted("re_1"))
    assert session.info["rings"] == {WATCHER}


def test_the_payload_and_its_hash_are_the_same_at_every_attempt(session, clock):
    message = outbox.enqueue(session, a_mail())
    frozen = (message.key, message.payload, message.frozen.sha256)
    for _ in range(4):
        again = attempted(session, TryAgain())
        assert (again.key, again.payload, again.frozen.sha256) == frozen
        clock.forward(hours=1)


def test_a_message_that_was_changed_is_not_sent(session):
    message = outbox.enqueue(session, a_mail())
    session.exec(update(Payload).values(content=message.payload.replace("client@", "thief@")))
    claim = claiming.claim(session)
    assert (claim.parcel, message.detail) == (None, CHANGED)


def test_a_batch_that_was_changed_is_not_sent_again(session, clock):
    message = outbox.enqueue(session, a_mail())
    attempted(session, Unknown())
    session.exec(update(Payload).values(content="{}"))
    clock.forward(hours=1)
    assert claiming.claim(session).parcel is None
    assert message.detail == CHANGED_SINCE


def test_a_message_of_a_worker_that_died_is_not_sent_blind_a_day_later(session, clock):
    message = outbox.enqueue(session, a_mail())
    claimed(session)
    clock.forward(hours=22, minutes=59, seconds=59)
    claimed(session)
    clock.forward(hours=1)
    claim = claiming.claim(session)
    assert (claim.parcel, [each.detail for each in claim.given_up]) == (None, [NOT_SURE])
    assert message.parked_at == clock()


@pytest.mark.parametrize("outcome", [Accepted("re_1"), TryAgain(), Unknown(), Refused("No.")])
def test_what_became_of_a_request_of_yesterday_leaves_the_one_a_person_asked_for_alone(session, clock, outcome):
    message = outbox.enqueue(session, a_mail())
    of_yesterday = claimed(session)
    clock.forward(hours=23)
    claiming.claim(session)
    outbox.retry(session, message.id)
    under_way = claimed(session)
    record(session, of_yesterday, Answer(outcome))
    session.refresh(message)
    assert (message.batch_id, message.due_at) == (under_way.batch_id, clock() + LEASE)


def test_a_mail_put_in_again_while_its_request_is_under_way_holds_no_other_up(session, clock):
    again, _ = outbox.enqueue_all(session, [a_mail(), a_mail("other@example.com")])
    record(session, claimed(session), Answer([Parked("Look."), Unknown()]))
    clock.forward(minutes=1)
    claimed(session)
    outbox.retry(session, again.id)
    clock.forward(seconds=1)
    later = outbox.enqueue(session, a_mail())
    assert ids_of(claimed(session)) == [later.id]


def test_a_mail_put_in_again_while_its_request_is_under_way_shares_what_comes_of_it(session, clock):
    again, _ = outbox.enqueue_all(session, [a_mail(), a_mail("other@example.com")])
    record(session, claimed(session), Answer([Parked("Look."), Unknown()]))
    clock.forward(minutes=1)
    under_way = claimed(session)
    outbox.retry(session, again.id)
    assert record(session, under_way, Answer(Unknown())) == []
    session.refresh(again)
    assert (again.batch_id, again.detail) == (under_way.batch_id, Unknown().why)


def test_a_mail_put_in_again_in_the_moment_its_request_is_taken_holds_no_other_up(emptied):
    again, _ = put_in(2)
    with writing() as session:
        record(session, claimed(session), Answer([Parked("Look."), Unknown(after=timedelta(milliseconds=1))]))
    time.sleep(0.01)
    person = threading.Thread(target=put_in_again, args=(again,))
    with writing() as session:
        claimed(session)
        person.start()
        person.join(0.5)  # long enough to look at the request as it was before
    person.join()
    [later] = put_in()
    with writing() as session:
        first_look, second_look = claiming.claim(session), claiming.claim(session)
        assert ids_of(first_look.parcel or second_look.parcel) == [later]


def put_in_again(message_id):
    with writing() as session:
        outbox.retry(session, message_id)


def test_the_next_thing_due_is_the_earliest_open_message(session, clock):
    assert next_due(session) is None
    outbox.enqueue(session, a_mail(), due_at=clock() + timedelta(seconds=20))
    outbox.enqueue(session, a_mail(), due_at=clock() + timedelta(seconds=10))
    assert next_due(session) == clock() + timedelta(seconds=10)


def test_a_held_message_is_next_due_when_its_lease_lapses(session, clock):
    outbox.enqueue(session, a_mail())
    claimed(session)
    assert next_due(session) == clock() + LEASE


def test_two_workers_never_take_the_same_message(emptied, monkeypatch):
    monkeypatch.setattr(claiming, "LARGEST", 3)
    expected, taken, start = put_in(60), [], threading.Barrier(4)

    def work():
        start.wait()
        while messages := claim_three():
            taken.extend(messages)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sorted(taken) == expected


def claim_three():
    with writing() as session:
        parcel = claiming.claim(session).parcel
        return ids_of(parcel) if parcel else []


def test_a_mail_is_either_cancelled_or_claimed_never_both(emptied, monkeypatch):
    monkeypatch.setattr(claiming, "LARGEST", 3)
    expected, cancelled, taken, start = put_in(20), [], [], threading.Barrier(2)

    def undo():
        start.wait()
        for each in reversed(expected):
            with writing() as session:
                cancelled.extend([each] * outbox.cancel(session, [each]))

    def work():
        start.wait()
        while messages := claim_three():
            taken.extend(messages)

    both = [threading.Thread(target=undo), threading.Thread(target=work)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    with writing() as session:
        assert not claiming.claim(session)
    assert sorted(cancelled + taken) == expected
