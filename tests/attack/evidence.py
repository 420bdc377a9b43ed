"""What is in the attacked installation's database, before and after."""

import time
from typing import Any

from sqlalchemy import Engine, MetaData, select, text

FREE = {"sign_in_session", "rate_limit"}  # signing in is what these attacks begin with


class Evidence:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def dump(self, *, but_own: str = "") -> dict[str, list[str]]:
        """Every row of every table, but for what this person may choose for themselves."""
        self._settle()
        tables = MetaData()
        tables.reflect(self.engine)
        person = self._id(but_own) if but_own else None
        with self.engine.connect() as connection:
            return {
                name: sorted(
                    repr(kept)
                    for row in connection.execute(select(table)).mappings()
                    if (kept := _kept(name, dict(row), person))
                )
                for name, table in tables.tables.items()
                if name not in FREE
            }

    def all(self, query: str, **values: object) -> list[str]:
        """The first column of each row, as text."""
        with self.engine.connect() as connection:
            return [str(row[0]) for row in connection.execute(text(query), values)]

    def change(self, statement: str, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def _id(self, name: str) -> int:
        return int(self.all("SELECT id FROM person WHERE email = :email", email=f"{name}@example.com")[0])

    def _settle(self) -> None:
        """Wait until the outbox is empty, or the worker's own writes would look like an attacker's."""
        waits_until = time.monotonic() + 20
        while self.all("SELECT id FROM message WHERE due_at IS NOT NULL"):
            assert time.monotonic() < waits_until, "the outbox does not empty"
            time.sleep(0.1)


def _kept(table: str, row: dict[str, Any], person: int | None) -> dict[str, Any] | None:
    """A row as it is compared: what one has read and looked at, where one is signed in and wants email, is one's own affair."""
    if table == "history" and row["what"] == "signed in":
        return None
    if person is None or row.get("person_id") != person:
        return row
    if table == "notification":
        return {**row, "read_at": "their own affair"}
    if table == "history" and row["what"] == "signed out elsewhere":
        return None
    return None if table in {"preference", "case_view"} else row
