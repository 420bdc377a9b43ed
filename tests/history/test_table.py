"""History as a table to keep."""

import csv
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest

from caseupdates.history import table
from caseupdates.history.listing import Line
from caseupdates.history.models import Area, Event
from caseupdates.people.models import Person

NINE = datetime(2026, 11, 23, 9, 0, 7, tzinfo=UTC)


def cells(about="Night two", *, at=NINE, who="Manager G.", number="2026-0142"):
    person = Person(name=who, kind="employee", role_id=1, created_at=NINE) if who else None
    event = Event(at=at, area=Area.UPDATES, what="update sent", about=about, network="192.0.2.7")
    event.__dict__["person"] = person
    [row] = csv.reader(io.StringIO(table.row(Line(event, number))))
    return row


def test_a_line_is_a_row():
    row = ["2026-11-23 09:00:07", "Manager G.", "update sent", "Night two", "2026-0142", "updates", "192.0.2.7"]
    assert cells() == row
    assert len(next(csv.reader(io.StringIO(table.head())))) == len(row)


def test_a_moment_is_in_utc_wherever_it_was():
    assert cells(at=NINE.astimezone(timezone(timedelta(hours=-5))))[0] == "2026-11-23 09:00:07"


def test_what_the_product_did_by_itself_has_its_name():
    assert cells(who="")[1] == "Case Updates"


@pytest.mark.parametrize("about", ['say "now", twice', "two\nlines", "Łódź 報告書 😀", "a;b\tc", "", "1 = 1", "a@b"])
def test_any_text_comes_out_as_it_went_in(about):
    assert cells(about)[3] == about


@pytest.mark.parametrize(
    "about",
    ["=1+1", "=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(1)"],
)  # fmt: skip
def test_no_cell_begins_as_a_formula(about):
    assert cells(about)[3] == f"'{about}"
    assert cells(who=about)[1] == f"'{about}"
    assert cells(number=about)[4] == f"'{about}"


def test_a_table_that_ends_early_says_so():
    assert "newest 100,000 lines" in table.cut_off(100_000)


def test_a_spreadsheet_is_told_the_encoding():
    assert table.head().encode().startswith(b"\xef\xbb\xbf")
