"""Undo and recall while workers send as fast as they can: what was taken back never left, and all else did."""

import asyncio
import contextlib
import random
from collections import defaultdict
from datetime import timedelta
from itertools import cycle

import pytest
from sqlmodel import col, select

from caseupdates.cases.models import Group
from caseupdates.database import reading, writing
from caseupdates.delivery import claiming, outbox
from caseupdates.delivery.models import Message
from caseupdates.sending.models import Delivery, Sending
from caseupdates.sending.recall import NothingToRecall, recall
from caseupdates.sending.send import send
from caseupdates.sending.undo import TooLate, undo
from tests.delivery.post import working
from tests.faults import IS_LONG, mails
from tests.faults.hurry import SPEED, hurried
from tests.stories import Firm

SENDINGS = 400 if IS_LONG else 50
RECIPIENTS = 30  # more than the workers take at once: some wait while the first have left
BESIDES = 6  # letters of others for each sending, which keep the workers busy
WINDOW = timedelta(minutes=2)
WORKERS = 3


@pytest.fixture
def provider(emptied, monkeypatch):
    monkeypatch.setattr(claiming, "LARGEST", 1)
    with hurried(monkeypatch, latency=0.01) as (resend, _):
        resend.fail_share(0.1, seed=7)
        yield resend


@pytest.fixture
def firm(provider):
    with writing() as session:
        firm = Firm(session)
        contacts = [firm.contact(f"Contact{n} C.", firm.meridian) for n in range(RECIPIENTS)]
        for each in contacts:
            firm.assign(each, Group.CLIENT_CONTACT)
        firm.chosen = [each.id for each in contacts]
        firm.updates = [firm.update(f"Night {n}") for n in range(SENDINGS)]
        return firm


@pytest.fixture
def answers(firm, provider):
    """What people were told when they took a sending back, by the sending: how many mails had not left."""
    told = {}
    asyncio.run(everybody(firm, provider, told))
    return told


async def everybody(firm, provider, told):
    """A sending every few milliseconds; most are taken back, near the end of the window or as the first mail leaves."""
    *early, late = firm.updates
    held_id, held = await asyncio.to_thread(sent, firm, late, 100 * WINDOW)
    chance, verbs = random.Random(7), cycle((undone, undone_at_once, recalled, recalled_midway, left))
    async with contextlib.AsyncExitStack() as stack:
        mailers = [await stack.enter_async_context(mails.mailer(provider.url)) for _ in range(WORKERS)]
        async with asyncio.timeout(300), working(*mailers):
            async with asyncio.TaskGroup() as people:
                for update, verb in zip(early, verbs, strict=False):
                    wait = WINDOW.total_seconds() / SPEED * chance.uniform(0.8, 1.2)
                    people.create_task(somebody(firm, update, told, provider, verb=verb, wait=wait))
                    await asyncio.sleep(0.03)
            while not (await asyncio.to_thread(mails.ends)).open <= held:  # noqa: ASYNC110 (nobody rings for all)
                await asyncio.sleep(0.1)
            told[held_id] = undone_in_the_end.__name__, await asyncio.to_thread(undone_in_the_end, held_id, firm)


async def somebody(firm, update, told, provider, *, verb, wait):
    sending_id, keys = await asyncio.to_thread(sent, firm, update)
    await asyncio.sleep(0 if verb is undone_at_once else wait)
    while verb is recalled_midway and not keys & provider.accepted_references().keys():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    told[sending_id] = verb.__name__, await asyncio.to_thread(verb, sending_id, firm)


def sent(firm, update, undo=WINDOW):
    """The sending's id, and the keys of its mails."""
    with writing() as session:
        outbox.enqueue_all(session, [mails.letter(n, attached=n % 5 == 0) for n in range(BESIDES)])
        sending_id = send(
            session, update.update_id, firm.chosen, seen=update.number, already=0, by=firm.manager, undo=undo
        ).id
        return sending_id, written(session)[0][sending_id]


def undone(sending_id, firm):
    try:
        with writing() as session:
            undo(session, sending_id, by=firm.manager)
        return RECIPIENTS
    except TooLate:
        return 0


def undone_at_once(sending_id, firm):
    return undone(sending_id, firm)


def undone_in_the_end(sending_id, firm):
    """When all other mail has left, and the workers have nothing else to do."""
    return undone(sending_id, firm)


def recalled(sending_id, firm):
    try:
        with writing() as session:
            return recall(session, sending_id, by=firm.manager).stopped
    except NothingToRecall:
        return 0


def recalled_midway(sending_id, firm):
    return recalled(sending_id, firm)


def left(_sending_id, _firm):
    return 0


def test_what_was_taken_back_never_left_and_all_else_did_but_none_within_its_window(provider, answers):
    found, taken = mails.ends(), mails.ids_given(provider)
    with reading() as session:
        keys, closes = written(session)
    stopped = defaultdict(set)
    for verb, count in answers.values():
        stopped[verb].add(count)
    print(f"\n{provider.statistics()['requests']} requests, {found.count}, {dict(stopped)}")
    assert provider.duplicates() == {}
    assert (found.open, found.refused, found.uncertain, found.given_up) == (set(), set(), set(), set())
    assert found.accepted == taken
    assert not found.cancelled & taken.keys()
    for sending_id, (_, count) in answers.items():
        assert len(keys[sending_id] & found.cancelled) == count
        assert len(keys[sending_id] & taken.keys()) == RECIPIENTS - count
    assert not {each.reference for each in provider.account.mails if each.at < closes.get(each.reference, 0)}
    assert stopped["undone"] | stopped["undone_at_once"] == {0, RECIPIENTS}  # some came in time, some too late
    assert stopped["undone_in_the_end"] == {RECIPIENTS}
    assert RECIPIENTS in stopped["recalled"]
    assert stopped["recalled_midway"] & set(range(1, RECIPIENTS))


def written(session):
    """Of every sending the keys of its mails, and when its window closed."""
    rows = session.execute(
        select(Sending.id, Message.key, Sending.undo_until)
        .join(Delivery, col(Delivery.message_id) == Message.id)
        .join(Sending, col(Sending.id) == Delivery.sending_id)
    ).all()
    keys, closes = defaultdict(set), {}
    for sending_id, key, until in rows:
        keys[sending_id].add(key)
        closes[key] = until.timestamp()
    return keys, closes
