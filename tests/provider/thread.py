"""The stand-in in a thread of the tests."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any, Self

from tests.provider.account import Account
from tests.provider.app import start
from tests.provider.steering import Steering, do


class StandIn(Steering):
    """Runs while the block runs; `account` may be looked at directly."""

    def __init__(self, *, clock: Callable[[], float] = time.time, **settings: object) -> None:
        self.account = Account(clock=clock, **settings)
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="stand-in for Resend")

    def _do(self, verb: str, **told: Any) -> Any:
        return do(self.account, verb, told)

    def __enter__(self) -> Self:
        self._thread.start()
        self._runner, port = asyncio.run_coroutine_threadsafe(start(self.account, 0), self._loop).result(10)
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
