import asyncio
import hashlib
import json
from datetime import timedelta

import pytest

from caseupdates import bell
from caseupdates.database import write
from caseupdates.delivery import claiming, outbox
from caseupdates.delivery.models import Batch, Lane
from caseupdates.delivery.outbox import NotParked
from caseupdates.delivery.outcomes import Accepted, Parked, Refused, TryAgain, Unknown
from caseupdates.refusals import NotFound
from caseupdates.settings import settings
from tests.delivery.post import WATCHER, a_mail, attempted, claimed, ids_of


def test_a_mail_is_frozen_with_its_hash_and_a_key_of_its_own(session, clock):
    first, second = outbox.enqueue(session, a_mail()), outbox.enqueue(session, a_mail())
    assert first.recipient == "client@example.com"
    assert first.frozen.sha256 == hashlib.sha256(first.payload.encode()).hexdigest()
    assert first.payload.replace(first.key, second.key) == second.payload
    assert first.key != second.key
    assert first.created_at == first.due_at == clock()
    assert first.lane == Lane.MAIL


def test_a_mail_comes_from_the_installations_address_unless_told_otherwise(session):
    assert json.loads(outbox.enqueue(session, a_mail()).payload)["from"] == settings().mail_from
    told = outbox.enqueue(session, a_mail(), sender="Firm <firm@example.com>")
    assert json.loads(told.payload)["from"] == "Firm <firm@example.com>"


@pytest.mark.anyio
async def test_the_outbox_rings_once_the_mail_is_committed(emptied):
    with bell.listening(bell.OUTBOX) as rung:
        await write(outbox.enqueue, a_mail())
        await asyncio.wait_for(rung.wait(), 5)


@pytest.mark.anyio
async def test_a_mail_that_was_rolled_back_does_not_ring(emptied):
    with bell.listening(bell.OUTBOX) as rung:
        with pytest.raises(ZeroDivisionError):
            await write(lambda session: outbox.enqueue(session, a_mail()).id / 0)
        assert not rung.is_set()


def test_a_mail_cancelled_in_its_last_second_is_never_claimed(session, clock):
    message = outbox.enqueue(session, a_mail(), due_at=clock() + timedelta(seconds=10))
    clock.forward(seconds=9, milliseconds=999)
    assert not claiming.claim(session)
    assert outbox.cancel(session, [message.id]) == 1
    clock.forward(days=1)
    assert not claiming.claim(session)
    session.refresh(message)
    assert message.cancelled_at


def test_a_mail_that_is_due_is_claimed(session, clock):
    message = outbox.enqueue(session, a_mail(), due_at=clock() + timedelta(seconds=10))
    clock.forward(seconds=10)
    assert ids_of(claimed(session)) == [message.id]


def test_a_mail_under_way_cannot_be_cancelled(session):
    message = outbox.enqueue(session, a_mail())
    claimed(session)
    assert outbox.cancel(session, [message.id]) == 0


@pytest.mark.parametrize("outcome", [Accepted("re_1"), Refused("No."), Parked("Look."), Unknown()])
def test_a_mail_that_ended_or_may_have_left_cannot_be_cancelled(session, outcome):
    outbox.enqueue(session, a_mail())
    message = attempted(session, outcome)
    assert not outbox.is_here(message)
    assert outbox.cancel(session, [message.id]) == 0
    assert message.cancelled_at is None


def test_a_mail_the_provider_certainly_did_not_take_can_be_cancelled(session):
    outbox.enqueue(session, a_mail())
    message = attempted(session, TryAgain())
    assert outbox.is_here(message)
    assert outbox.cancel(session, [message.id]) == 1
    session.refresh(message)
    assert message.detail == ""  # it waits for nobody any more


def test_a_mail_is_cancelled_once(session):
    message = outbox.enqueue(session, a_mail())
    assert [outbox.cancel(session, [message.id]) for _ in range(2)] == [1, 0]


def test_cancelling_tells_those_who_watch(session):
    message = outbox.enqueue(session, a_mail(), topic=WATCHER)
    session.info.clear()
    outbox.cancel(session, [message.id])
    assert session.info["rings"] == {WATCHER}


def key_of_batch(session):
    """The key of the request that can be claimed now."""
    return claimed(session).key


def test_a_parked_mail_that_never_left_goes_again_in_a_request_of_its_own(session, clock):
    outbox.enqueue(session, a_mail())
    message = attempted(session, TryAgain())
    clock.forward(days=3)
    parked = attempted(session, TryAgain())
    assert parked.parked_at
    again = outbox.retry(session, parked.id)
    assert (again.id, again.parked_at, again.detail, again.due_at) == (message.id, None, "", clock())
    assert ids_of(claimed(session)) == [again.id]
    session.refresh(again)
    assert again.attempts == 1


def park_after_doubt(session, clock, hours):
    """A message whose first attempt may have arrived, parked so many hours later; and the key of its request."""
    outbox.enqueue(session, a_mail())
    key = session.get_one(Batch, attempted(session, Unknown()).batch_id).key
    clock.forward(hours=hours, seconds=-1)
    return attempted(session, Parked("Look.")), key


def test_a_mail_that_may_have_arrived_keeps_its_key_while_the_provider_knows_it(session, clock):
    parked, key = park_after_doubt(session, clock, hours=23)
    outbox.retry(session, parked.id)
    assert key_of_batch(session) == key


def test_a_mail_that_may_have_arrived_gets_a_new_key_once_the_provider_forgot_it(session, clock):
    parked, key = park_after_doubt(session, clock, hours=23)
    clock.forward(seconds=1)
    outbox.retry(session, parked.id)
    assert key_of_batch(session) != key


def test_only_a_parked_mail_can_be_put_in_again(session):
    message = outbox.enqueue(session, a_mail())
    with pytest.raises(NotParked):
        outbox.retry(session, message.id)
    with pytest.raises(NotFound):
        outbox.retry(session, message.id + 1)


def test_a_mail_that_is_given_up_has_failed_for_good_and_keeps_what_was_known(session, clock):
    outbox.enqueue(session, a_mail(), topic=WATCHER)
    parked = attempted(session, Parked("Nobody took it."))
    clock.forward(minutes=1)
    session.info.clear()
    given_up = outbox.give_up(session, parked.id)
    assert (given_up.refused_at, given_up.parked_at, given_up.due_at) == (clock(), None, None)
    assert given_up.detail == "Given up by a person. Nobody took it."
    assert WATCHER in session.info["rings"]
    clock.forward(days=9)
    assert not claiming.claim(session)
    with pytest.raises(NotParked):
        outbox.retry(session, given_up.id)


def test_only_a_parked_mail_can_be_given_up(session):
    message = outbox.enqueue(session, a_mail())
    with pytest.raises(NotParked):
        outbox.give_up(session, message.id)
    with pytest.raises(NotFound):
        outbox.give_up(session, message.id + 1)
    assert ids_of(claimed(session)) == [message.id]
