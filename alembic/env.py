"""How migrations run: on our settings' database, one process at a time, all or nothing."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, TypeDecorator, text
from sqlmodel import SQLModel

from caseupdates import (
    database,
    tables,  # noqa: F401  (fills the metadata)
)

MIGRATING = 20261123  # any number, the same for all our processes: pg_advisory_xact_lock takes one


def numbered(migration: MigrationContext, _revision: object, directives: list[MigrationScript]) -> None:
    """Number a new migration after the last one, so that file names sort in order."""
    last = migration.get_current_revision() or "0000"
    directives[0].rev_id = f"{int(last) + 1:04}"


def rendered(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what is stored: a migration must outlive the code of its day."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, transactional_ddl=True,
        render_as_batch=bool(context.script.get_heads()),  # SQLite alters by rebuilding; the first only creates
        render_item=rendered, process_revision_directives=numbered,
    )  # fmt: skip
    with connection.begin(), context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
        before = context.get_context().get_current_heads()
        context.run_migrations()
        if context.get_context().get_current_heads() != before:
            refuse_orphans(connection)


def refuse_orphans(connection: Connection) -> None:
    """SQLite checked no foreign keys while tables were rebuilt; look once at the end."""
    if connection.dialect.name == "sqlite" and (orphans := connection.execute(text("PRAGMA foreign_key_check")).all()):
        raise RuntimeError(f"The migration would leave rows that point nowhere: {orphans[:5]}")


def without_foreign_keys(connection: Connection) -> None:
    """SQLite rebuilds a table by dropping it, which foreign keys forbid; the switch works only outside a transaction."""
    if connection.dialect.name == "sqlite":
        connection.connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]


with database.engine().connect().execution_options(begin_immediate=True) as connection:
    without_foreign_keys(connection)
    try:
        migrate(connection)
    finally:
        connection.invalidate()  # its foreign keys are off
