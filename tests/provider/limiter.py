"""The limit of requests: a strict sliding window, so that no second whatever holds more than the limit."""

import math
from collections import deque

from tests.provider.answers import Headers, Refused

WINDOW = 1.0  # seconds


class Limiter:
    def __init__(self) -> None:
        self._let_in: deque[float] = deque()
        self._came: deque[float] = deque()
        self.busiest_second = 0

    def let_in(self, now: float, allowed: int) -> None:
        self._forget(now)
        self._came.append(now)
        self.busiest_second = max(self.busiest_second, len(self._came))
        if len(self._let_in) >= allowed:
            message = "Too many requests in one second."
            raise Refused(429, "rate_limit_exceeded", message, retry_after=self._reset(now))
        self._let_in.append(now)

    def headers(self, now: float, limit: int, others: int) -> Headers:
        self._forget(now)
        remaining = max(limit - others - len(self._let_in), 0)
        return {
            "ratelimit-limit": str(limit),
            "ratelimit-remaining": str(remaining),
            "ratelimit-reset": self._reset(now),
        }

    def _reset(self, now: float) -> str:
        """Whole seconds, as the documentation has them."""
        oldest = self._let_in[0] if self._let_in else now
        return str(max(math.ceil(oldest + WINDOW - now), 1))

    def _forget(self, now: float) -> None:
        for times in (self._let_in, self._came):
            while times and times[0] <= now - WINDOW:
                times.popleft()
