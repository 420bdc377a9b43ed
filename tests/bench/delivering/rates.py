"""Mails a second, from the commit to the last one accepted: the contestants in turns, each against a stand-in that knows of no other."""

from concurrent.futures import Executor
from typing import NamedTuple

from tests.bench.delivering import ours, peers
from tests.bench.delivering.installation import Installations
from tests.bench.delivering.mails import BATCH
from tests.bench.delivering.peers import ANYMAIL, BARE, Peer
from tests.provider.process import Process
from tests.provider.settings import NO_LIMIT

CEILING = "the limit itself"


class Race(NamedTuple):
    latency: float  # seconds
    limit: int  # requests a second
    mails: int
    turns: int  # of which the best counts: the machine is shared
    looped: int  # mails of the loops, whose rate is the same from the first to the last
    aims: dict[str, float]  # ratio to reach, by who is compared with

    def __str__(self) -> str:
        latency = f"{self.latency * 1000:.0f} ms" if self.latency else "no latency"
        limit = "no limit" if self.limit == NO_LIMIT else f"{self.limit} requests/s"
        return f"{self.mails:,} mails, {latency}, {limit}"


RACES = {
    "limited": Race(0.1, 10, 1_000, 3, 50, {"anymail, loop": 80, ANYMAIL: 1, CEILING: 0.95}),
    "late": Race(0.1, NO_LIMIT, 1_000, 4, 20, {ANYMAIL: 1, BARE: 1}),
    "instant": Race(0, NO_LIMIT, 2_000, 8, 200, {BARE: 0.5}),
}


class Result(NamedTuple):
    rate: float  # mails a second
    refused: int  # requests, by the limiter


def measure(race: Race, installed: Installations) -> None:
    _say(race, list(installed), _run(race, _contestants(race, installed)))


def _contestants(race: Race, installed: Installations) -> dict[str, tuple[Peer, int]]:
    """Who takes part, each with as many mails as it sends."""
    rest = 0 if race.limit == NO_LIMIT else 1.1  # by then the request that learned the limit is out of its window

    def outbox(process: Executor) -> Peer:
        return lambda url, count: float(process.submit(ours.deliver, url, count, rest=rest).result())

    outboxes = {database: (outbox(process), race.mails) for database, process in installed.items()}
    batches = {name: (peer, race.mails) for name, peer in peers.BATCHES.items()}
    return outboxes | batches | {name: (peer, race.looped) for name, peer in peers.LOOPS.items()}


def _run(race: Race, contestants: dict[str, tuple[Peer, int]]) -> dict[str, Result]:
    """The best of some turns; the loops, which take long, have one."""
    turns: dict[str, list[Result]] = {name: [] for name in contestants}
    with Process(latency=race.latency, limit=race.limit) as resend:
        for turn in range(race.turns):
            for name, (send, count) in contestants.items():
                if turn == 0 or name not in peers.LOOPS:
                    turns[name].append(_turn(resend, send, count))
    return {
        name: Result(max(each.rate for each in had), sum(each.refused for each in had)) for name, had in turns.items()
    }


def _turn(resend: Process, send: Peer, count: int) -> Result:
    resend.reset()  # nobody meets what another has sent
    rate, told = count / send(resend.url, count), resend.statistics()
    assert told["mails"] >= count, told
    return Result(rate, told["refused"].get("rate_limit_exceeded", 0))


def _say(race: Race, outboxes: list[str], results: dict[str, Result]) -> None:
    ratios = "".join(f"{f'{name}/it':>15}" for name in outboxes)
    print(f"  {race!s:42}{'mails/s':>9}{'refused':>9}{ratios}")
    if race.limit != NO_LIMIT:
        results = {**results, CEILING: Result(race.limit * BATCH, 0)}
    for name, (rate, refused) in results.items():
        label = f"outbox, {name}" if name in outboxes else name
        ratios = "".join(f"{results[each].rate / rate:15.2f}" for each in outboxes) if name not in outboxes else ""
        aim = f"  (aim >= {race.aims[name]})" if name in race.aims else ""
        print(f"    {label:40}{rate:9,.0f}{refused:9}{ratios}{aim}", flush=True)
