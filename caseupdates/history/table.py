"""History as a table to keep: CSV (RFC 4180), with nothing in it that a spreadsheet would run."""

import csv
import io
from datetime import UTC

from caseupdates.history.listing import Line

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # a cell that begins so is calculated (OWASP, CSV injection)


def head() -> str:
    return BYTE_ORDER_MARK + _row("Time (UTC)", "Who", "What", "About", "Case", "Kind", "Network address")


def row(line: Line) -> str:
    """One line of history as a line of the table."""
    event, number = line
    when = f"{event.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    who = event.person.name if event.person else "Case Updates"
    return _row(when, who, event.what, event.about, number, str(event.area), event.network)


def cut_off(most: int) -> str:
    """The last line of a table that ends before history does."""
    return _row(f"Only the newest {most:,} lines are in this file. Search or choose a kind for others.")


def _row(*cells: str) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow(
        f"'{each}" if each.startswith(FORMULA) else each for each in cells
    )
    return written.getvalue()
