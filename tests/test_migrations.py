"""Migrations make exactly the models, keep the rows, and are safe to run from several processes at once."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, MetaData, func, inspect, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import SQLModel

from caseupdates import database
from caseupdates.settings import settings

ROOT = Path(__file__).parent.parent
CONFIG = Config(ROOT / "alembic.ini")
SCRIPTS = list(ScriptDirectory.from_config(CONFIG).walk_revisions())[::-1]
START = 3  # seconds in which a process surely comes to its first statement
VALUES: dict[type, object] = {int: 1, str: "x", datetime: datetime(2026, 11, 23, tzinfo=UTC)}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty database beside the one the other tests use; migrations run on it."""
    url = make_url(settings().database_url)
    name = f"migrations_{secrets.token_hex(4)}"
    if url.get_backend_name() == "sqlite":
        engine = database.connect(f"sqlite:///{tmp_path / name}.db")
    else:
        _outside_transaction(f"CREATE DATABASE {name}")
        engine = database.connect(url.set(database=name).render_as_string(hide_password=False))
    monkeypatch.setattr(database, "engine", lambda: engine)
    yield engine
    engine.dispose()
    monkeypatch.undo()
    if url.get_backend_name() != "sqlite":
        _outside_transaction(f"DROP DATABASE {name}")


def test_an_empty_database_becomes_exactly_the_models(empty: Engine) -> None:
    command.upgrade(CONFIG, "head")
    assert _differences(empty) == []


def test_a_column_that_no_migration_makes_is_noticed(empty: Engine) -> None:
    command.upgrade(CONFIG, "head")
    with empty.begin() as connection:
        connection.execute(text("ALTER TABLE person ADD COLUMN shoe_size INTEGER"))
    assert [difference[0] for difference in _differences(empty)] == ["remove_column"]


def test_upgrading_twice_is_harmless(empty: Engine) -> None:
    command.upgrade(CONFIG, "head")
    _fill(empty)
    rows = _rows(empty)
    command.upgrade(CONFIG, "head")
    assert _rows(empty) == rows


def test_down_to_nothing_and_up_again(empty: Engine) -> None:
    command.upgrade(CONFIG, "head")
    command.downgrade(CONFIG, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]
    command.upgrade(CONFIG, "head")
    assert _differences(empty) == []


@pytest.mark.parametrize("version", [script.revision for script in SCRIPTS])
def test_rows_written_at_each_version_are_kept_to_the_last(empty: Engine, version: str) -> None:
    command.upgrade(CONFIG, version)
    _fill(empty)
    before = _rows(empty)
    command.upgrade(CONFIG, "head")
    after = _rows(empty)
    assert {table: after[table] for table in before if table in after} == {
        table: rows for table, rows in before.items() if table in after
    }


def test_what_made_an_address_refuse_mail_is_taken_from_history(empty: Engine) -> None:
    command.upgrade(CONFIG, "0005")
    _fill(empty)
    written = "2, at, 'people and sign-in', 'mail marked as spam', 'x: x', ''"
    with empty.begin() as connection:
        connection.execute(
            text(f"INSERT INTO history (id, at, area, what, about, network) SELECT {written} FROM history")
        )
    command.upgrade(CONFIG, "head")
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT bounce FROM person")) == "mail marked as spam"


def test_processes_that_upgrade_at_once_wait_for_each_other(empty: Engine, tmp_path: Path) -> None:
    url = empty.url.render_as_string(hide_password=False).replace("+psycopg", "")
    environment = {**os.environ, "DATABASE_URL": url}
    upgrade = [sys.executable, "-m", "alembic", "upgrade", "head"]
    with empty.execution_options(begin_immediate=True).begin():  # on SQLite all meet at this lock
        started = [subprocess.Popen(upgrade, cwd=ROOT, env=environment, stderr=subprocess.PIPE) for _ in range(3)]
        time.sleep(START)
    said = [process.communicate(timeout=60)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], "\n".join(said)
    assert _differences(empty) == []


@pytest.mark.parametrize(
    "harm", ["op.execute('DELETE FROM client')", "op.drop_table('preference')\n    raise RuntimeError('no power')"]
)
def test_a_migration_that_does_harm_leaves_everything_as_it_was(empty: Engine, tmp_path: Path, harm: str) -> None:
    command.upgrade(CONFIG, "head")
    _fill(empty)
    before = _rows(empty)
    with pytest.raises((RuntimeError, IntegrityError)):
        command.upgrade(_with_next_migration(tmp_path, harm), "head")
    assert _rows(empty) == before


def test_the_database_itself_refuses_to_change_history(empty: Engine) -> None:
    command.upgrade(CONFIG, "head")
    _fill(empty)
    changes = ["UPDATE history SET about = 'another'", "DELETE FROM history"]
    if empty.name == "postgresql":
        changes.append("TRUNCATE history")  # SQLite knows none
    before = _rows(empty)
    for change in changes:
        with pytest.raises(DBAPIError, match="appended, never changed"), empty.begin() as connection:
            connection.execute(text(change))
    assert _rows(empty) == before


def test_there_is_one_line_of_versions_and_its_files_sort_in_order() -> None:
    numbers = [script.revision for script in SCRIPTS]
    assert numbers == [f"{number:04}" for number in range(1, len(SCRIPTS) + 1)]
    assert all(later.down_revision == earlier.revision for earlier, later in pairwise(SCRIPTS))
    assert all(Path(script.path).name.startswith(f"{script.revision}_") for script in SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.revision)
def test_a_migration_outlives_the_code_of_its_day(script: object) -> None:
    assert "caseupdates" not in Path(script.path).read_text()  # type: ignore[attr-defined]


def _differences(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)


def _fill(engine: Engine) -> None:
    """One row in every table, each pointing at the others' row 1."""
    with engine.begin() as connection:
        for table in _tables(engine).sorted_tables:
            if table.name != "alembic_version":
                connection.execute(table.insert().values({column.name: _value(column) for column in table.columns}))


def _value(column: Column[object]) -> object:
    kind = column.type.python_type
    return VALUES[kind] if kind in VALUES else kind()


def _rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        tables = _tables(engine).sorted_tables
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def _tables(engine: Engine) -> MetaData:
    found = MetaData()
    found.reflect(engine)
    return found


def _with_next_migration(folder: Path, body: str) -> Config:
    last = SCRIPTS[-1].revision
    (folder / "9999_harm.py").write_text(
        f"from alembic import op\nrevision, down_revision = '9999', {last!r}\ndef upgrade():\n    {body}\n"
    )
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("version_locations", f"{ROOT / 'alembic' / 'versions'}{os.pathsep}{folder}")
    return config


def _outside_transaction(statement: str) -> None:
    server = database.connect(settings().database_url)
    with server.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))
    server.dispose()
