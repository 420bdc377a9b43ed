import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import update

from caseupdates import clock
from caseupdates.database import reading, write, writing
from caseupdates.delivery import claiming, mailbox, outbox, pace, parcels, worker
from caseupdates.delivery.journey import journey
from caseupdates.delivery.mailbox import LocalMailbox
from caseupdates.delivery.models import Batch, Lane, Pause, Payload, Provider
from caseupdates.delivery.outcomes import WAITING, Accepted, Paused, TryAgain, Unknown
from caseupdates.delivery.patience import NOT_SURE
from tests.delivery.post import Collecting, batch_of, hurry, put_in, stored, until, working

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("emptied")]
SOON = timedelta(milliseconds=1)


def accepted(message_id):
    return stored(message_id).accepted_at


async def test_mail_in_the_outbox_is_handed_over():
    mailer, ids = Collecting(), put_in(20)
    async with working(mailer):
        await until(lambda: all(map(accepted, ids)))
    assert sorted(letter.id for letter in mailer.letters) == ids


async def test_a_ring_wakes_the_worker():
    async with working(Collecting()):
        await asyncio.sleep(0.05)
        [message_id] = await asyncio.to_thread(put_in)
        await until(lambda: accepted(message_id))


async def test_the_worker_sleeps_until_the_next_mail_is_due():
    due_at = clock.now() + timedelta(milliseconds=200)
    [message_id] = put_in(due_at=due_at)
    async with working(Collecting()):
        await until(lambda: accepted(message_id))
    assert stored(message_id).first_attempt_at >= due_at


async def test_a_mail_cancelled_in_the_undo_window_is_never_handed_over():
    [undone], mailer = put_in(due_at=clock.now() + timedelta(milliseconds=100)), Collecting()
    async with working(mailer):
        await asyncio.to_thread(cancel, undone)
        [kept] = await asyncio.to_thread(lambda: put_in(due_at=clock.now() + timedelta(milliseconds=150)))
        await until(lambda: accepted(kept))
    assert [letter.id for letter in mailer.letters] == [kept]
    assert stored(undone).cancelled_at


def cancel(message_id):
    with writing() as session:
        assert outbox.cancel(session, [message_id]) == 1


async def test_a_code_does_not_wait_for_mail_under_way():
    mailer = Stuck()
    put_in(20)
    async with working(mailer):
        [code] = await asyncio.to_thread(lambda: put_in(lane=Lane.CODE))
        await until(lambda: accepted(code))


class Stuck:
    """A mailer whose provider answers nothing but codes."""

    async def hand_over(self, parcel):
        if parcel.lane == Lane.MAIL:
            await asyncio.Event().wait()
        return parcels.Answer(Accepted("code"))


async def test_no_more_requests_are_under_way_than_there_are_places(monkeypatch, unlimited):
    monkeypatch.setattr(claiming, "LARGEST", 1)
    mailer, ids = Counting(), put_in(30)
    async with working(mailer):
        await until(lambda: all(map(accepted, ids)))
    assert mailer.most == worker.AT_ONCE[Lane.MAIL]


@pytest.fixture
def unlimited(emptied):
    """A provider that takes as many requests as come."""
    with writing() as session:
        session.add(Provider(requests_a_second=1_000_000))


class Counting:
    """A mailer that counts how many it has in hand."""

    def __init__(self):
        self.now = self.most = 0

    async def hand_over(self, _parcel):
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.1)
        self.now -= 1
        return parcels.Answer(Accepted("counted"))


async def test_several_workers_hand_each_mail_over_once(monkeypatch, unlimited):
    monkeypatch.setattr(claiming, "LARGEST", 3)
    mailers, ids = [Collecting(), Collecting(), Collecting()], put_in(60)
    async with working(*mailers):
        await until(lambda: all(map(accepted, ids)))
    assert sorted(letter.id for mailer in mailers for letter in mailer.letters) == ids


async def test_a_mail_goes_again_with_the_same_key_and_bytes():
    mailer = Collecting(TryAgain(after=SOON), Unknown(after=SOON), TryAgain(after=SOON))
    [message_id] = put_in()
    async with working(mailer):
        await until(lambda: accepted(message_id))
    assert len(mailer.parcels) == 4
    assert len(set(mailer.letters)) == 1
    assert len({parcel.key for parcel in mailer.parcels[1:]}) == 1  # from the one on whose fate is not known


async def test_a_mail_that_waits_says_so():
    [message_id] = put_in()
    async with working(Collecting(TryAgain())):
        await until(lambda: stored(message_id).detail)
    assert journey(stored(message_id)).stage == "waiting for the mail provider"


async def test_a_mailer_that_raises_loses_nothing_and_stops_nothing(monkeypatch):
    monkeypatch.setattr(claiming, "LARGEST", 1)
    mailer = Collecting(RuntimeError("out of order"))
    ids = put_in(2)
    async with working(mailer):
        await until(lambda: sum(map(bool, map(accepted, ids))) == 1 and any(stored(each).detail for each in ids))
    [waiting] = [stored(each) for each in ids if not accepted(each)]
    assert waiting.detail == f"{WAITING}."
    assert waiting.batch_id


async def test_a_mail_that_was_changed_is_parked_without_being_handed_over():
    mailer, [message_id] = Collecting(), put_in()
    with writing() as session:
        session.exec(update(Payload).values(content="{}"))
    async with working(mailer):
        await until(lambda: stored(message_id).parked_at)
    assert mailer.parcels == []
    assert stored(message_id).detail == claiming.CHANGED


async def test_a_database_that_fails_for_a_moment_does_not_end_the_worker(monkeypatch):
    failures = iter([RuntimeError("locked"), RuntimeError("locked")])

    def sometimes(session, **options):
        for failure in failures:
            raise failure
        return claim(session, **options)

    claim = worker.claim
    monkeypatch.setattr(worker, "claim", sometimes)
    [message_id] = put_in()
    async with working(Collecting()):
        await until(lambda: accepted(message_id))


async def test_an_answer_outlives_an_outage_of_the_database(monkeypatch):
    away = iter([OperationalError("UPDATE", None, Exception("connection lost"))] * 3)

    def sometimes(*told):
        for failure in away:
            raise failure
        return record(*told)

    record = worker.record
    monkeypatch.setattr(worker, "record", sometimes)
    mailer, [message_id] = Collecting(), put_in()
    async with working(mailer):
        await until(lambda: accepted(message_id))
    assert len(mailer.parcels) == 1


async def test_many_mails_given_up_at_once_let_others_write_in_between(monkeypatch):
    monkeypatch.setattr(claiming, "LARGEST", 1)
    ids, told = put_in(10), []
    await asyncio.to_thread(take_and_forget_for_a_day)
    async with working(Collecting(), ended=lambda session, _: told.append(session.get_transaction())):
        await until(lambda: all(stored(each).parked_at for each in ids))
    assert [told.count(each) for each in dict.fromkeys(told)] == [4, 4, 2]


def take_and_forget_for_a_day():
    with writing() as session:
        while claiming.claim(session):
            pass
        session.exec(update(Batch).values(created_at=clock.now() - timedelta(days=1), leased_until=None))
    hurry()


class Together:
    """A mailer that answers all it has in hand at the same moment, one of them with what no database takes."""

    def __init__(self, count):
        self.all_here = asyncio.Barrier(count)

    async def hand_over(self, parcel):
        place = await self.all_here.wait()
        return parcels.Answer(Accepted(object() if place == 2 else "together"))


async def test_an_answer_that_cannot_be_recorded_takes_no_other_with_it(monkeypatch, unlimited):
    monkeypatch.setattr(claiming, "LARGEST", 1)
    ids = put_in(6)
    async with working(Together(6)):
        await until(lambda: len(list(filter(accepted, ids))) == 5)
    assert len([each for each in ids if stored(each).due_at]) == 1


async def test_the_local_mailbox_receives_everything_once():
    ids = put_in(10)
    async with working(LocalMailbox(), LocalMailbox()):
        await until(lambda: all(map(accepted, ids)))
    with reading() as session:
        recipients = [mail.recipient for mail in mailbox.mails(session, limit=100)]
    assert sorted(recipients) == [f"client{n}@example.com" for n in range(10)]


async def test_stopping_in_the_middle_leaves_the_mail_to_the_next_worker():
    [message_id] = put_in()
    async with working(Stuck()):
        while not stored(message_id).attempts:  # noqa: ASYNC110 (nothing rings when a mail is taken)
            await asyncio.sleep(0.005)
    assert batch_of(message_id).leased_until == stored(message_id).due_at > clock.now()


class Poor:
    """A mailer whose account is out of mails until `is_rich`."""

    def __init__(self):
        self.is_rich, self.asked = False, 0

    async def hand_over(self, parcel):
        self.asked += 1
        return parcels.Answer(Accepted("rich") if self.is_rich else Paused("Used up.", timedelta(hours=9), Pause.QUOTA))


async def test_a_used_up_quota_stops_the_whole_queue_and_is_told_once(monkeypatch):
    monkeypatch.setattr(claiming, "LARGEST", 1)
    mailer, told, ids = Poor(), [], put_in(3)
    async with working(mailer, paused=lambda _, paused: told.append(paused.why)):
        await until(lambda: any(stored(each).detail for each in ids))
        await asyncio.sleep(0.3)
        assert (mailer.asked, told) == (1, ["Used up."])
        mailer.is_rich = True
        await asyncio.to_thread(let_the_queue_go_on)
        await until(lambda: all(map(accepted, ids)))
    assert told == ["Used up."]


def let_the_queue_go_on():
    with writing() as session:
        pace.resume(session, pace.provider(session))


async def test_a_worker_that_slept_for_a_day_hands_nothing_over_blindly(monkeypatch, clock):
    async def sleeping(verb, *args):
        taken = await write(verb, *args)
        if verb.__name__ == "_record_and_claim" and taken[0]:
            clock.forward(days=1)
        return taken

    monkeypatch.setattr(worker, "write", sleeping)
    mailer, [message_id] = Collecting(), put_in()
    async with working(mailer):
        await until(lambda: stored(message_id).parked_at)
    assert (mailer.parcels, stored(message_id).detail) == ([], NOT_SURE)
