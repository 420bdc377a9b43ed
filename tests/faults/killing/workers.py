"""The fork server: keeps four workers running, each doomed, until so many have been killed; then four that live.

`python -m tests.faults.killing.workers '{"seed": 7, "kills": 1000}'` prints `ready`, then for each
killed process the step at which it was, and ends when its standard input does. It has imported all that a worker needs and
opened nothing, and has one thread: a fork of it is a clean process after milliseconds instead of a second.
"""

import asyncio
import gc
import json
import os
import select
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from random import Random

# What anyio and httpcore would import only when they first run, in each process anew.
import anyio._backends._asyncio  # noqa: F401
import httpcore._backends.anyio  # noqa: F401
from sqlalchemy.orm import configure_mappers

from caseupdates import tables
from caseupdates.database import engine
from caseupdates.delivery import worker
from caseupdates.delivery.mailers import chosen
from caseupdates.settings import settings
from tests.faults.killing import scale, steps
from tests.faults.killing.steps import Doom
from tests.faults.killing.traffic import content

AT_ONCE = 4
FROM_OUTSIDE = "at random"  # by the fork server, wherever it is
SHARE_FROM_OUTSIDE = 0.2
MOST_PASSINGS = 3
LATEST = 3.0  # seconds after which one that has not come to its step is killed all the same


@dataclass
class Child:
    doom: Doom | None
    ends_at: float
    was_killed: bool = False  # from outside

    @property
    def step(self) -> str:
        return FROM_OUTSIDE if self.was_killed or self.doom is None else self.doom.step


class Workers:
    def __init__(self, *, seed: int, kills: int) -> None:
        self.kills_left, self.random = kills, Random(seed)
        self.alive: dict[int, Child] = {}
        self.woken, self.wakes = os.pipe()
        os.set_blocking(self.wakes, False)

    def run(self) -> None:
        signal.set_wakeup_fd(self.wakes)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        print("ready", flush=True)
        try:
            while True:
                while len(self.alive) < AT_ONCE:
                    self._fork()
                ready, _, _ = select.select([sys.stdin, self.woken], [], [], self._until_the_next_end())
                if sys.stdin in ready:
                    return
                if self.woken in ready:
                    os.read(self.woken, 4096)
                self._kill_whose_time_has_come()
                self._reap()
        finally:
            for pid in self.alive:
                os.kill(pid, signal.SIGKILL)

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
            asyncio.run(_work())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)

    def _drawn(self) -> Child:
        """What is to become of the next one; once there were kills enough, nothing."""
        if self.kills_left <= 0:
            return Child(None, float("inf"))
        self.kills_left, now = self.kills_left - 1, time.monotonic()
        if self.random.random() < SHARE_FROM_OUTSIDE:
            return Child(None, now + self.random.uniform(0, 0.5))
        step, passings = self.random.choice(steps.WORKER), self.random.randint(1, MOST_PASSINGS)
        return Child(Doom(step, passings, self.random.uniform(0, 0.01)), now + LATEST)

    def _until_the_next_end(self) -> float | None:
        ends_at = min(child.ends_at for child in self.alive.values())
        return None if ends_at == float("inf") else max(0, ends_at - time.monotonic())

    def _kill_whose_time_has_come(self) -> None:
        for pid, child in self.alive.items():
            if child.ends_at <= time.monotonic():
                child.was_killed, child.ends_at = True, float("inf")
                os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        for pid in list(self.alive):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            step = self.alive.pop(pid).step
            if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
                sys.exit(f"A worker doomed to die {step} ended by itself.")
            print(step, flush=True)


async def _work() -> None:
    async with chosen(settings(), content=content) as mailer:
        await worker.run(mailer)


if __name__ == "__main__":
    assert tables  # all of them, for their foreign keys
    configure_mappers()
    engine()  # connects to nothing yet
    scale.shorten()
    steps.watch()
    gc.freeze()
    Workers(**json.loads(sys.argv[1])).run()
