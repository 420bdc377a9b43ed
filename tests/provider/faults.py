"""What goes wrong on demand: with the next requests, or with a share of all."""

import random
from collections import Counter, deque
from collections.abc import Iterable

# The request is taken as if all were well, but its sender does not learn so, or late.
AFTER = {"drop_after", "error_after", "truncated", "bad_json", "stall_after", "slow"}
# Nothing is taken.
BEFORE = {"drop_before", "error_before", "html_502", "html_200", "rate_limited", "stall_before"}
FAULTS = AFTER | BEFORE


class Faults:
    def __init__(self) -> None:
        self._next: dict[str, deque[str]] = {"POST": deque(), "GET": deque()}
        self._share, self._kinds, self._random = 0.0, [""], random.Random(0)
        self.happened: Counter[str] = Counter()

    def plan(self, kinds: Iterable[str], method: str) -> None:
        self._next[method].extend(_known(kinds))

    def share(self, share: float, kinds: Iterable[str], seed: int) -> None:
        self._share, self._kinds, self._random = share, _known(kinds), random.Random(seed)

    def draw(self, method: str) -> str:
        """What happens to this request; "" for nothing. The share is one of sendings."""
        kind = self._drawn(method)
        if kind:
            self.happened[kind] += 1
        return kind

    def _drawn(self, method: str) -> str:
        if self._next[method]:
            return self._next[method].popleft()
        if method == "POST" and self._share and self._random.random() < self._share:
            return self._random.choice(self._kinds)
        return ""


def _known(kinds: Iterable[str]) -> list[str]:
    kinds = sorted(kinds) if isinstance(kinds, set | frozenset) else list(kinds)
    if unknown := set(kinds) - FAULTS:
        raise ValueError(f"No such fault: {', '.join(sorted(unknown))}")
    return kinds
