"""Whether an address may open a link cannot be told by the time its answer takes."""

import statistics
import time

from caseupdates.database import engine, reading, writing
from caseupdates.links import codes
from tests.links.dump import added, counts
from tests.links.story import STRANGER, Gate

CALLS = 1_000  # for each of the two
FEWEST, LONGEST = 200, 45  # on a machine that is busy with other things: so many, and no longer than these seconds
APART = 0.002  # seconds between the medians, at most


def seconds_to_ask(gate, address):
    begun = time.perf_counter()
    gate.do(codes.ask, gate.token, address, gate.phone)
    return time.perf_counter() - begun


def written(gate, address):
    """The rows that one more request for a code leaves."""
    with reading() as session:
        before = counts(session)
    seconds_to_ask(gate, address)
    with reading() as session:
        return added(before, counts(session))


def test_a_listed_address_and_another_take_as_long(standing, clock, capsys):
    gate = Gate(standing, writing, life=None)
    took = {"partner@example.com": [], STRANGER: []}
    stop = time.monotonic() + LONGEST
    for number in range(CALLS):
        if number >= FEWEST and time.monotonic() > stop:
            break
        for address in sorted(took, reverse=number % 2 == 1):  # each goes first as often as the other
            clock.forward(hours=1)
            took[address].append(seconds_to_ask(gate, address))
    listed, unlisted = map(statistics.median, took.values())
    with capsys.disabled():
        print(
            f"\n{engine().dialect.name}: a code is asked for {len(took[STRANGER])} times each by an address that",
            end="",
        )
        print(f" may open the link, median {listed * 1e3:.2f} ms, and by one that may not, {unlisted * 1e3:.2f} ms")
    assert abs(listed - unlisted) < APART
    assert written(gate, "partner@example.com") == written(gate, STRANGER)
    assert written(gate, STRANGER) == {"challenge": 1, "message": 1, "payload": 1, "link_event": 1}
