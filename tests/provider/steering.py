"""How tests steer the stand-in and look at it: the same verbs in a thread and, as JSON over HTTP, in a process."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from typing import Any

from tests.provider.account import Account
from tests.provider.events import Step, step
from tests.provider.faults import FAULTS


class Steering(ABC):
    @abstractmethod
    def _do(self, verb: str, **told: Any) -> Any:
        """Do what VERBS knows under this name."""

    def configure(self, **settings: object) -> None:
        """Change settings, see settings.Settings."""
        self._do("configure", **settings)

    def reset(self) -> None:
        """Forget all that happened, planned faults and rules too; the settings stay."""
        self._do("reset")

    def fail_next(self, *kinds: str, times: int = 1, method: str = "POST") -> None:
        """Let these faults (faults.FAULTS) befall the next requests of this method, one each, in this order."""
        self._do("fail_next", kinds=list(kinds) * times, method=method)

    def fail_share(self, share: float, kinds: Collection[str] = FAULTS, *, seed: int = 0) -> None:
        """Let a fault of these kinds befall this share of the requests to send; 0 ends it."""
        self._do("fail_share", share=share, kinds=sorted(kinds), seed=seed)

    def release(self) -> None:
        """Hang up on all requests that are stalled now."""
        self._do("release")

    def reset_quotas(self) -> None:
        self._do("reset_quotas")

    def script(self, address: str, *steps: str | Step) -> None:
        """Say what happens to mails for this address, `"sent", {"type": "bounced", "bounce": {...}}`."""
        self._do("script", address=address, steps=list(steps))

    def statistics(self) -> dict[str, Any]:
        """Numbers: requests, mails, replays, refusals by name, faults by kind, batch sizes, webhooks, ..."""
        return dict(self._do("statistics"))

    def accepted(self) -> dict[tuple[str, str], int]:
        """How often a mail was accepted, by its reference ("" without) and recipient."""
        return {(reference, to): times for reference, to, times in self._do("accepted")}

    def accepted_references(self) -> dict[str, int]:
        """How often a mail with each reference was accepted."""
        return dict(self._do("accepted_references"))

    def accepted_ids(self) -> dict[str, str]:
        """The reference of each mail that was accepted, by the id it was given."""
        return dict(self._do("accepted_ids"))

    def duplicates(self) -> dict[str, int]:
        """The references that were accepted more than once, and how often."""
        return {reference: times for reference, times in self.accepted_references().items() if times > 1}


def do(account: Account, verb: str, told: Mapping[str, Any]) -> Any:
    with account.lock:
        return VERBS[verb](account, **told)


def _configure(account: Account, **settings: object) -> None:
    account.settings.change(settings)


def _reset(account: Account) -> None:
    account.reset()


def _fail_next(account: Account, kinds: list[str], method: str) -> None:
    account.faults.plan(kinds, method)


def _fail_share(account: Account, share: float, kinds: list[str], seed: int) -> None:
    account.faults.share(share, kinds, seed)


def _release(account: Account) -> None:
    account.times_released += 1


def _reset_quotas(account: Account) -> None:
    account.quotas.reset()


def _script(account: Account, address: str, steps: list[str | Step]) -> None:
    account.rules[address] = [step(each) for each in steps]


def _statistics(account: Account) -> dict[str, Any]:
    return {
        **{name: account.tallies[name] for name in ("requests", "mails", "replays")},
        "refused": dict(account.refusals),
        "faults": dict(account.faults.happened),
        "batch_sizes": {str(size): count for size, count in account.batch_sizes.items()},
        "busiest_second": account.limiter.busiest_second,
        "most_at_once": account.most_at_once,
        "in_progress": account.in_progress,
        "first_accepted_at": account.ledger.first_at,
        "last_accepted_at": account.ledger.last_at,
        "today": account.quotas.today,
        "this_month": account.quotas.this_month,
        "webhooks": account.webhooks.count(),
    }


def _accepted(account: Account) -> list[tuple[str, str, int]]:
    return [(reference, to, times) for (reference, to), times in account.ledger.per_recipient().items()]


def _accepted_references(account: Account) -> dict[str, int]:
    return dict(account.ledger.references)


def _accepted_ids(account: Account) -> dict[str, str]:
    return {id: each.reference for id, each in account.ledger.mails.items()}


VERBS: dict[str, Callable[..., Any]] = {
    "configure": _configure, "reset": _reset, "fail_next": _fail_next, "fail_share": _fail_share, "release": _release,
    "reset_quotas": _reset_quotas, "script": _script, "statistics": _statistics, "accepted": _accepted,
    "accepted_references": _accepted_references, "accepted_ids": _accepted_ids,
}  # fmt: skip
