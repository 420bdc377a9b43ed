"""Everything the database holds, as it holds it."""

from sqlmodel import Session, SQLModel


def dump(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by the table's name."""
    session.flush()
    return {
        table.name: sorted(map(tuple, session.execute(table.select())), key=repr)
        for table in SQLModel.metadata.sorted_tables
    }


def counts(session: Session) -> dict[str, int]:
    return {name: len(rows) for name, rows in dump(session).items()}


def added(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """How many rows came to which tables; those that got none are left out."""
    return {name: after[name] - count for name, count in before.items() if after[name] != count}
