import threading
from datetime import timedelta

import pytest
from sqlmodel import col, update

from caseupdates.database import writing
from caseupdates.delivery import leases, outbox
from caseupdates.delivery.leases import CHANGED, LEASE
from caseupdates.delivery.models import Lane, Message
from caseupdates.delivery.outcomes import Accepted, Parked, Refused, TryAgain
from caseupdates.delivery.patience import NOT_SURE
from tests.delivery.post import WATCHER, a_mail, attempted, claimed, put_in


def test_codes_overtake_older_mail(session, clock):
    mail = outbox.enqueue(session, a_mail())
    clock.forward(minutes=5)
    code = outbox.enqueue(session, a_mail(), lane=Lane.CODE)
    assert [each.id for each in leases.claim(session, limit=1)] == [code.id]
    assert [each.id for each in leases.claim(session, limit=1)] == [mail.id]


def test_a_worker_may_ask_for_one_lane_only(session):
    outbox.enqueue(session, a_mail())
    assert leases.claim(session, limit=10, lanes=[Lane.CODE]) == []
    assert leases.next_due(session, lanes=[Lane.CODE]) is None


def test_mail_goes_in_the_order_it_fell_due(session, clock):
    late = outbox.enqueue(session, a_mail(), due_at=clock() - timedelta(minutes=1))
    early = outbox.enqueue(session, a_mail(), due_at=clock() - timedelta(minutes=2))
    assert claim_one(session) == early.id
    assert claim_one(session) == late.id


def claim_one(session):
    [message] = leases.claim(session, limit=1)
    return message.id


def test_no_more_is_claimed_than_asked_for(session):
    for _ in range(5):
        outbox.enqueue(session, a_mail())
    assert len(leases.claim(session, limit=3)) == 3


def test_a_held_message_is_not_claimed_until_its_lease_lapses(session, clock):
    outbox.enqueue(session, a_mail())
    claimed(session)
    clock.forward(seconds=LEASE.total_seconds() - 1)
    assert leases.claim(session, limit=10) == []
    clock.forward(seconds=1)
    assert claimed(session).attempts == 2


@pytest.mark.parametrize("outcome", [Accepted("re_1"), Refused("No."), Parked("Look.")])
def test_a_message_that_ended_is_never_claimed(session, clock, outcome):
    outbox.enqueue(session, a_mail())
    attempted(session, outcome)
    clock.forward(days=30)
    assert leases.claim(session, limit=10) == []


def test_a_worker_whose_lease_lapsed_cannot_record(session, clock):
    outbox.enqueue(session, a_mail())
    slow = claimed(session).lease
    clock.forward(seconds=LEASE.total_seconds())
    quick = claimed(session)
    assert leases.record(session, quick.id, slow, Refused("Too late to say so.")) is None
    assert leases.record(session, quick.id, quick.lease, Accepted("re_2")).provider_id == "re_2"
    assert quick.refused_at is None


def test_a_result_is_recorded_once(session):
    outbox.enqueue(session, a_mail())
    message = attempted(session, Accepted("re_1"))
    assert leases.record(session, message.id, message.lease, Refused("No.")) is None


def test_a_result_for_a_message_that_is_gone_changes_nothing(session):
    assert leases.record(session, 404, 1, Accepted("re_1")) is None


def test_a_result_tells_those_who_watch(session):
    outbox.enqueue(session, a_mail(), topic=WATCHER)
    session.info.clear()
    attempted(session, Accepted("re_1"))
    assert session.info["rings"] == {WATCHER}


def test_the_payload_and_its_hash_are_the_same_at_every_attempt(session, clock):
    message = outbox.enqueue(session, a_mail())
    frozen = (message.key, message.payload, message.payload_sha256)
    for _ in range(4):
        again = attempted(session, TryAgain())
        assert (again.key, again.payload, again.payload_sha256) == frozen
        clock.forward(hours=1)


def test_a_message_that_was_changed_is_not_sent(session):
    message = outbox.enqueue(session, a_mail())
    session.exec(update(Message).values(payload=message.payload.replace("client@", "thief@")))
    assert leases.objection(claimed(session)) == Parked(CHANGED)


def test_a_fresh_message_meets_no_objection(session):
    outbox.enqueue(session, a_mail())
    assert leases.objection(claimed(session)) is None


def test_a_message_of_a_worker_that_died_is_not_sent_blind_a_day_later(session, clock):
    outbox.enqueue(session, a_mail())
    claimed(session)
    clock.forward(hours=22, minutes=59, seconds=59)
    assert leases.objection(claimed(session)) is None
    clock.forward(hours=1)
    assert leases.objection(claimed(session)) == Parked(NOT_SURE)


def test_the_next_thing_due_is_the_earliest_open_message(session, clock):
    assert leases.next_due(session) is None
    outbox.enqueue(session, a_mail(), due_at=clock() + timedelta(seconds=20))
    outbox.enqueue(session, a_mail(), due_at=clock() + timedelta(seconds=10))
    assert leases.next_due(session) == clock() + timedelta(seconds=10)


def test_a_held_message_is_next_due_when_its_lease_lapses(session, clock):
    outbox.enqueue(session, a_mail())
    claimed(session)
    assert leases.next_due(session) == clock() + LEASE


def test_two_workers_never_take_the_same_message(emptied):
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
        return [each.id for each in leases.claim(session, limit=3)]


def test_a_mail_is_either_cancelled_or_claimed_never_both(emptied):
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
        session.exec(update(Message).where(col(Message.cancelled_at).is_(None)).values(detail="left"))
        taken.extend(each.id for each in leases.claim(session, limit=20))
    assert sorted(cancelled + taken) == expected
