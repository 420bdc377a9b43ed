"""The bell: the one way to tell other open pages to look again.

It carries no content, only a topic ("case:12", "person:5"); whoever hears it re-reads what they may see.
Rung inside a transaction it sounds after the commit. One process needs nothing more; with Redis every
process hears every ring.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator

from redis import RedisError
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from sqlmodel import Session

CHANNEL = "caseupdates:bell"
AGAIN = 2.0  # seconds until Redis is asked again
Listener = tuple[asyncio.AbstractEventLoop, asyncio.Event]

logger = logging.getLogger(__name__)
_listeners: dict[str, set[Listener]] = defaultdict(set)
_outside: set[asyncio.Queue[str]] = set()
_loops: dict[asyncio.Queue[str], asyncio.AbstractEventLoop] = {}


def case(case_id: int) -> str:
    """The topic of a case's updates and sendings."""
    return f"case:{case_id}"


def person(person_id: int) -> str:
    """The topic of a person's notifications."""
    return f"person:{person_id}"


def link(link_id: int) -> str:
    """The topic of a link: pages open on it look whether it still is."""
    return f"link:{link_id}"


def views(case_id: int) -> str:
    """The topic of who has looked at a case: rung too often for all its pages to hear."""
    return f"views:{case_id}"


SETTINGS = "settings"  # people, roles, groups, templates: what an administrator changes; cases are seen by these rules
OUTBOX = "outbox"  # mail may be waiting
CASES = "cases"  # the list of cases changed
MAILBOX = "mailbox"  # the local mailbox got a mail


def ring(session: Session, *topics: str) -> None:
    """Ring once this transaction has committed; a rolled-back one stays silent."""
    session.info.setdefault("rings", set()).update(topics)


def sound(topics: Iterable[str]) -> None:
    """Wake every listener of these topics, here and in the other processes. Any thread may call it."""
    for topic in topics:
        _wake(topic)
        for queue in list(_outside):
            _loops[queue].call_soon_threadsafe(queue.put_nowait, topic)


@contextlib.contextmanager
def listening(*topics: str) -> Iterator[asyncio.Event]:
    """An event that is set whenever one of the topics rings; clear it before you look."""
    listener = (asyncio.get_running_loop(), asyncio.Event())
    for topic in topics:
        _listeners[topic].add(listener)
    try:
        yield listener[1]
    finally:
        for topic in topics:
            _listeners[topic].discard(listener)
            if not _listeners[topic]:
                del _listeners[topic]


@contextlib.asynccontextmanager
async def shared_through(redis_url: str | None) -> AsyncIterator[None]:
    """Share rings with the other processes through Redis while the block runs; without it they sound here only."""
    if redis_url is None:
        yield
        return
    client: Redis = Redis.from_url(redis_url, retry=Retry(NoBackoff(), 1))
    tasks = [asyncio.create_task(_publish(client)), asyncio.create_task(_subscribe(client))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.aclose()


def _wake(topic: str) -> None:
    for loop, event in list(_listeners.get(topic, ())):
        loop.call_soon_threadsafe(event.set)


async def _publish(client: Redis) -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    _loops[queue] = asyncio.get_running_loop()
    _outside.add(queue)
    try:
        while True:
            topic = await queue.get()
            with _redis_may_be_away():
                await client.publish(CHANNEL, topic)
    finally:
        _outside.discard(queue)
        del _loops[queue]


async def _subscribe(client: Redis) -> None:
    while True:
        with _redis_may_be_away():
            await _hear(client)
        await asyncio.sleep(AGAIN)


async def _hear(client: Redis) -> None:
    async with client.pubsub() as inbox:
        await inbox.subscribe(CHANNEL)
        async for message in inbox.listen():
            if message["type"] == "message":
                _wake(message["data"].decode())
            elif message["type"] == "subscribe":  # what rang before is lost: everybody looks again
                for topic in list(_listeners):
                    _wake(topic)


@contextlib.contextmanager
def _redis_may_be_away() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        logger.warning("Redis does not answer: %s", type(error).__name__)
