"""Moments as a reader says them."""

from datetime import UTC, datetime, timedelta

import pytest

from caseupdates.interface.when import age, said, zone_named

LONDON, NEW_YORK = zone_named("Europe/London"), zone_named("America/New_York")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23 09:00", "today 09:00"),
        ("2026-11-23 00:00", "today 00:00"),
        ("2026-11-22 23:59", "yesterday 23:59"),
        ("2026-11-22 00:00", "yesterday 00:00"),
        ("2026-11-21 23:59", "Sat 23:59"),
        ("2026-11-17 00:00", "Tue 00:00"),
        ("2026-11-16 23:59", "16 Nov 23:59"),
        ("2026-01-01 00:00", "1 Jan 00:00"),
        ("2025-12-31 23:59", "31 Dec 2025"),
        ("2026-11-24 08:00", "24 Nov 08:00"),
    ],
)
def test_a_moment_is_said_as_far_as_it_is_away(clock, moment, words):
    assert said(datetime.fromisoformat(moment).replace(tzinfo=UTC), UTC) == words


def test_last_week_is_said_by_its_day_across_a_new_year(clock):
    clock.moment = datetime(2027, 1, 2, 12, 0, tzinfo=UTC)
    assert said(datetime(2026, 12, 29, 12, 0, tzinfo=UTC), UTC) == "Tue 12:00"


@pytest.mark.parametrize(("zone", "words"), [(UTC, "today 02:30"), (NEW_YORK, "yesterday 21:30")])
def test_a_moment_is_said_in_the_readers_zone(clock, zone, words):
    assert said(datetime(2026, 11, 23, 2, 30, tzinfo=UTC), zone) == words


def test_summer_and_winter_time_each_have_their_hour(clock):
    clock.moment = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
    assert said(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), LONDON) == "today 00:30"
    assert said(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), LONDON) == "today 02:30"


def test_what_never_happened_is_not_said(clock):
    assert said(None, UTC) == ""


@pytest.mark.parametrize("name", ["Europe/London", "America/New_York", "Asia/Kathmandu", "UTC"])
def test_a_zone_is_known_by_its_name(name):
    assert str(zone_named(name)) == name


@pytest.mark.parametrize(
    "name", ["", "Nowhere/Atlantis", "../../etc/passwd", "/etc/localtime", "Europe", "a\0b", "\ud800", "x" * 5000, "é"]
)
def test_any_other_name_means_utc(name):
    assert zone_named(name) == UTC


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"), (59, "59 s"), (60, "1 min"), (3_599, "59 min"), (3_600, "1 h"), (172_799, "47 h"), (172_800, "2 days"),
        (-1, ""),
    ],
)  # fmt: skip
def test_an_age_is_told_in_the_largest_unit_that_says_enough(clock, seconds, words):
    assert age(clock() - timedelta(seconds=seconds)) == words


def test_what_never_was_has_no_age(clock):
    assert age(None) == ""
