"""Attacks on the real product, with its demo firm."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from tests.attack.evidence import Evidence
from tests.browser.server import PREFERRED_PORT, Server, free_port


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An installation for attacks alone, gone before the journeys start theirs on the same built page."""
    running = Server(f"http://localhost:{free_port(PREFERRED_PORT)}", tmp_path_factory.mktemp("attacked")).start()
    yield running
    running.stop()


@pytest.fixture(scope="package")
def evidence(server: Server) -> Iterator[Evidence]:
    engine: Engine = create_engine(f"sqlite:///{server.data / 'caseupdates.db'}")
    yield Evidence(engine)
    engine.dispose()


@pytest.fixture(autouse=True)
def forgotten_tries(evidence: Evidence) -> None:
    """These attacks sign in more often than a person may; tests/http attacks the limit itself."""
    evidence.change("DELETE FROM rate_limit")
