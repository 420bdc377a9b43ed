"""Moments as a reader says them, in the reader's own zone."""

from datetime import datetime, tzinfo

from caseupdates import clock

zone_named = clock.zone_named  # the one a browser named


def said(moment: datetime | None, zone: tzinfo) -> str:
    """ "today 06:41", "yesterday 17:20", "Fri 17:20", "3 Nov 17:20", "3 Nov 2025"."""
    if moment is None:
        return ""
    then, now = moment.astimezone(zone), clock.now().astimezone(zone)
    days = (now.date() - then.date()).days
    if days in (0, 1):
        return f"{'yesterday' if days else 'today'} {then:%H:%M}"
    if 1 < days < 7:
        return f"{then:%a %H:%M}"
    return f"{then:%-d %b %H:%M}" if then.year == now.year else f"{then:%-d %b %Y}"


def exactly(moment: datetime, zone: tzinfo) -> str:
    """ "23 November 2026, 06:41:07", for what may be held against somebody."""
    return f"{moment.astimezone(zone):%-d %B %Y, %H:%M:%S}"


def age(moment: datetime | None) -> str:
    """ "12 s", "3 min", "5 h", "4 days"; empty for none and for what is still to come."""
    seconds = int((clock.now() - moment).total_seconds()) if moment else -1
    if seconds < 0:
        return ""
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3_600:
        return f"{seconds // 60} min"
    if seconds < 48 * 3_600:
        return f"{seconds // 3_600} h"
    return f"{seconds // 86_400} days"
