"""Attacks on the real product, with its demo firm."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.attack.evidence import Evidence
from tests.browser.server import Server, free_port

WEBHOOK_SECRET = "whsec_YXR0YWNrZWQ="


@pytest.fixture(scope="package")
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of their own on the run's PostgreSQL; empty for SQLite, which comes with the installation."""
    if (postgresql := request.config.stash.get("postgresql", None)) is None:
        return ""
    default = make_url(postgresql.get_uri()).set(drivername="postgresql+psycopg")
    engine = create_engine(default, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE attacked"))
    engine.dispose()
    return default.set(database="attacked").render_as_string(hide_password=False)


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Server]:
    """An installation for attacks alone."""
    url = f"http://localhost:{free_port()}"
    running = Server(
        url, tmp_path_factory.mktemp("attacked"), DATABASE_URL=database_url,
        RESEND_WEBHOOK_SECRET=WEBHOOK_SECRET,
    ).start()  # fmt: skip
    yield running
    running.stop()


@pytest.fixture(scope="package")
def evidence(server: Server, database_url: str) -> Iterator[Evidence]:
    engine = create_engine(database_url or f"sqlite:///{server.data / 'caseupdates.db'}")
    yield Evidence(engine)
    engine.dispose()


@pytest.fixture(autouse=True)
def forgotten_tries(evidence: Evidence) -> None:
    """These attacks sign in more often than a person may; tests/http attacks the limit itself."""
    evidence.change("DELETE FROM rate_limit")


@pytest.fixture(scope="module")
def told_later() -> Iterator[None]:
    """Senders are told of their links up to two seconds later: not while the next attacks compare databases."""
    yield
    time.sleep(2.5)
