"""A fork server: keeps so many processes running, each doomed, until enough were killed; then as many that live.

It has imported and rehearsed all that they do, holds nothing open but what they share, and has one thread: a fork of it
is a clean process that starts within milliseconds instead of a second. It prints `ready`, then for each killed process
the step at which it was, and ends when its standard input does.
"""

import asyncio
import gc
import json
import os
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from caseupdates.database import engine
from tests.faults.killing import steps
from tests.faults.killing.steps import Doom

FROM_OUTSIDE = "at random"  # killed by the fork server, wherever it is
SHARE_FROM_OUTSIDE = 0.2
LIVES = 0.5  # seconds, at most, until that
MOST_PASSINGS = 3
LATEST = 5.0  # seconds after which one that has not come to its step is killed all the same
ENOUGH = 5  # rehearsals
FOR_EVER = float("inf")
Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass
class Child:
    doom: Doom | None
    ends_at: float
    was_killed: bool = False  # from outside

    @property
    def step(self) -> str:
        if self.doom is None:
            return FROM_OUTSIDE
        return "too late" if self.was_killed else self.doom.step


def serve(work: Work, named: Sequence[str]) -> None:
    """Fork processes that work, as the command line tells: `{"seed": 7, "kills": 1000, "at_once": 4}`."""
    asyncio.run(_rehearse(work, named[-1]))
    engine().dispose()
    while threading.active_count() > 1:  # those that worked end by themselves
        time.sleep(0.01)
    gc.freeze()  # or collecting in each child would copy every page of ours
    print("ready", flush=True)
    Forks(work, named, **json.loads(sys.argv[1])).run()


async def _rehearse(work: Work, last: str) -> None:
    """Work here until the last step was passed a few times: no child need then import and compile what all do."""
    working = asyncio.create_task(work())
    async with asyncio.timeout(60):
        while steps.passed[last] < ENOUGH:  # noqa: ASYNC110 (nobody is told)
            await asyncio.sleep(0.01)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


class Forks:
    def __init__(self, work: Work, named: Sequence[str], *, seed: int, kills: int, at_once: int) -> None:
        self.work, self.steps, self.kills_left, self.at_once, self.random = work, named, kills, at_once, Random(seed)
        self.alive: dict[int, Child] = {}
        self.dealt: list[str] = []  # as cards are: each step as often as any other, in few kills too
        self.woken, self.wakes = os.pipe()
        os.set_blocking(self.wakes, False)

    def run(self) -> None:
        signal.set_wakeup_fd(self.wakes)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            while self._goes_on():
                self._kill_whose_time_has_come()
                self._reap()
        finally:
            for pid in self.alive:
                os.kill(pid, signal.SIGKILL)

    def _goes_on(self) -> bool:
        """Fill up, then sleep until something has to be done; False when nobody listens any more."""
        while len(self.alive) < self.at_once:
            self._fork()
        ends_at = min(child.ends_at for child in self.alive.values())
        sleep = None if ends_at == FOR_EVER else max(0, ends_at - time.monotonic())
        ready, _, _ = select.select([sys.stdin, self.woken], [], [], sleep)
        if self.woken in ready:
            os.read(self.woken, 4096)
        return sys.stdin not in ready

    def _fork(self) -> None:
        child = self._drawn()
        if pid := os.fork():
            self.alive[pid] = child
            return
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            steps.doom = child.doom
            asyncio.run(self.work())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)

    def _drawn(self) -> Child:
        """What is to become of the next one; once there were kills enough, nothing."""
        if self.kills_left == 0:
            return Child(None, FOR_EVER)
        self.kills_left -= 1
        now = time.monotonic()
        if self.random.random() < SHARE_FROM_OUTSIDE:
            return Child(None, now + self.random.uniform(0, LIVES))
        self.dealt = self.dealt or self.random.sample(self.steps, len(self.steps))
        passings, lingers = self.random.randint(1, MOST_PASSINGS), self.random.random()
        return Child(Doom(self.dealt.pop(), passings, lingers), now + LATEST)

    def _kill_whose_time_has_come(self) -> None:
        for pid, child in self.alive.items():
            if child.ends_at <= time.monotonic():
                child.was_killed, child.ends_at = True, FOR_EVER
                os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        for pid in list(self.alive):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            step = self.alive.pop(pid).step
            if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
                sys.exit(f"A process doomed to die {step} ended by itself.")
            print(step, flush=True)
