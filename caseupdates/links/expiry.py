"""When links expire: the choices of the dialog, and how the last day is said."""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from caseupdates import clock
from caseupdates.refusals import Invalid


class Expiry(StrEnum):
    DAY = "24 hours"
    WEEK = "7 days"
    MONTH = "30 days"
    QUARTER = "90 days"
    CASE_CLOSES = "when the case closes"
    DATE = "a date"


DEFAULT = Expiry.WEEK
LIVES = {Expiry.DAY: 1, Expiry.WEEK: 7, Expiry.MONTH: 30, Expiry.QUARTER: 90}  # days
LONGEST = timedelta(days=2 * 365)


def usual(word: str) -> Expiry:
    """The choice a firm's word means; the default for a word that is none, or that would need a day beside it."""
    return Expiry(word) if word in set(Expiry) - {Expiry.DATE} else DEFAULT


def moment(choice: Expiry, *, on: str = "", zone: tzinfo) -> datetime | None:
    """When a link of this choice ends; None for when the case closes. `on` is a day, "2026-12-24", ended by its midnight
    in this zone; raise Invalid for one that is none, is past, or more than two years away."""
    now = clock.now()
    if choice in LIVES:
        return now + timedelta(days=LIVES[choice])
    if choice is Expiry.CASE_CLOSES:
        return None
    try:
        day = date.fromisoformat(on)
        ends = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        raise Invalid("Please choose the day on which the links expire.") from None
    if not now < ends <= now + LONGEST:
        raise Invalid("Links can expire today at the earliest, and in two years at the latest.")
    return ends


def last_day(ends: datetime | None, zone: tzinfo) -> str:
    """ "30 November 2026", the last day in this zone; "the close of the case" where that ends it."""
    if ends is None:
        return "the close of the case"
    return f"{(ends - timedelta(seconds=1)).astimezone(zone):%-d %B %Y}"
