"""Visits opened in a second, each with all its evidence committed: against as many bare committed rows."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlmodel import SQLModel

from tests.bench import sent

TIMES = 200


def main() -> None:
    data = Path(tempfile.mkdtemp(prefix="caseupdates-bench-"))
    sent.use(data)
    from caseupdates import demo, tables
    from caseupdates.database import engine, writing

    assert tables
    SQLModel.metadata.create_all(engine())
    with writing() as session:
        demo.load(session)
    with writing() as session:
        by_button = sent.send_files(session, (1_000,)).token
    with writing() as session:
        by_code = sent.send_files(session, (2_000,), needs_verification=True).token
    floor, button, code = _in_turns(_row(data), lambda: _press(by_button), lambda: _ask_and_confirm(by_code))
    print(f"  {'':34}{'a second':>9}   in bare commits")
    print(f"  {'one bare row, committed':34}{1 / floor:9,.0f}")
    print(f"  {'a button pressed':34}{1 / button:9,.0f}{button / floor:12.1f}")
    print(f"  {'a code asked for and given back':34}{1 / code:9,.0f}{code / floor:12.1f}")


def _in_turns(*works: Callable[[], object]) -> list[float]:
    """Seconds of each, the median."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(TIMES):
        for work, mine in zip(works, seconds, strict=True):
            start = time.perf_counter()
            work()
            mine.append(time.perf_counter() - start)
    return [sorted(each)[TIMES // 2] for each in seconds]


def _row(data: Path) -> Callable[[], object]:
    floor = sqlite3.connect(data / "floor.db", isolation_level=None)
    floor.execute("PRAGMA journal_mode=WAL")
    floor.execute("PRAGMA synchronous=FULL")
    floor.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY, visitor TEXT)")
    return lambda: floor.execute("INSERT INTO visit (visitor) VALUES (?)", (os.urandom(32).hex(),))


def _press(token: str) -> None:
    from caseupdates import tokens
    from caseupdates.database import writing
    from caseupdates.links import gate
    from caseupdates.links.visitors import visitor

    with writing() as session:
        gate.open_without_code(session, token, visitor(tokens.new()))


def _ask_and_confirm(token: str) -> None:
    """A code on its way in a mail and back, but for the mail: two transactions, as the page has them."""
    from caseupdates import seals, tokens
    from caseupdates.database import reading, writing
    from caseupdates.links import codes
    from caseupdates.links.access import link_of
    from caseupdates.links.models import Visit
    from caseupdates.links.visitors import visitor
    from caseupdates.settings import settings

    someone, key = visitor(tokens.new()), settings().secret_key
    with writing() as session:
        assert codes.ask(session, token, "client@example.com", someone)
    with reading() as session:
        waiting = codes.pending(session, link_of(session, token), someone)
        assert waiting
    with writing() as session:
        opened = codes.confirm(session, token, seals.code(key, waiting.seal), someone, key=key)
        assert isinstance(opened, Visit)


if __name__ == "__main__":
    main()
