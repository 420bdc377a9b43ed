"""The mail with the code: in front of all other mail, and not at all once the code is dead."""

import asyncio

import pytest

from caseupdates.delivery import claiming, patience
from caseupdates.delivery.models import Lane, Message
from caseupdates.delivery.outcomes import TryAgain
from caseupdates.delivery.parcels import Answer
from caseupdates.delivery.recording import record
from tests.delivery.post import Collecting, claimed, working


def lanes(session):
    """The lanes of two requests, in the order in which they go."""
    return [claimed(session).lane for _ in range(2)]


def test_a_code_overtakes_mail_that_waits_longer(gate, session, clock):
    gate.send(gate.firm.partner)
    clock.forward(days=1)
    gate.asked()
    assert lanes(session) == [Lane.CODE, Lane.MAIL]


def test_a_code_is_due_at_once(gate, session, clock):
    gate.asked()
    [mail] = gate.code_mails()
    assert (mail.due_at, mail.topic) == (clock(), "")


def work(mailer, ends):
    """Let a worker with this mailer run until `ends`, for ten seconds at most."""

    async def until() -> None:
        async with asyncio.timeout(10), working(mailer):
            while not await asyncio.to_thread(ends):  # noqa: ASYNC110 (a code has no topic to listen to)
                await asyncio.sleep(0.02)

    asyncio.run(until())


def ended(lasting):
    [mail] = [each for each in lasting.rows(Message) if each.lane is Lane.CODE]
    return mail.due_at is None


def test_a_code_is_handed_over_until_its_tenth_minute(lasting, clock):
    lasting.asked()
    clock.forward(minutes=9, seconds=59, milliseconds=999)
    work(mailer := Collecting(), lambda: ended(lasting))
    [mail] = lasting.code_mails()
    assert (mail.parked_at, mail.accepted_at) == (None, clock())
    assert mail.id in {each.id for each in mailer.letters}


def test_a_code_that_the_provider_did_not_take_in_ten_minutes_is_parked_and_not_sent(lasting, clock):
    lasting.asked()
    clock.forward(minutes=10)
    work(mailer := Collecting(), lambda: ended(lasting))
    [mail] = lasting.code_mails()
    assert (mail.parked_at, mail.accepted_at, mail.detail) == (clock(), None, patience.TOO_OLD)
    assert Lane.CODE not in {each.lane for each in mailer.parcels}


@pytest.mark.parametrize("minutes", [0, 9])
def test_a_code_that_was_put_off_is_not_sent_late(gate, session, clock, minutes):
    gate.asked()
    clock.forward(minutes=minutes)
    record(session, claimed(session, lanes=[Lane.CODE]), Answer(TryAgain()))
    clock.forward(minutes=10 - minutes)
    claim = claiming.claim(session, lanes=[Lane.CODE])
    assert claim.parcel is None
    assert [each.detail for each in claim.given_up] == [patience.TOO_OLD]
