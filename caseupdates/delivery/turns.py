"""Turns: when each request to the provider may go, so that it never counts one too many within a second."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from caseupdates import clock
from caseupdates.delivery.models import Provider

SECOND = timedelta(seconds=1)  # the window the provider counts in
AHEAD = timedelta(milliseconds=20)  # a request is made ready this long before its turn
LATE = timedelta(milliseconds=5)  # where requests may be nearer to each other, none of them matters
FORGETS = 0.01  # of the difference to the fastest answer, at each: the way to the provider may have become longer
FARTHEST = timedelta(minutes=1)  # that a turn can be away; one beyond was given by a clock since set back
SPARE = 1.015  # of the distance between two requests: our second is not exactly the provider's
MARGIN = timedelta(milliseconds=5)  # for what is not known of the way to the provider


class Turn(NamedTuple):
    """When a request may go."""

    number: int
    at: datetime
    apart: timedelta  # from the one after it


class Trip(NamedTuple):
    """When a request left, and when its answer was there."""

    turn: Turn
    left_at: datetime
    back_at: datetime


def opens_at(account: Provider) -> datetime | None:
    """When the next request may be made; None for now."""
    moments = [each for each in (comes_at(account), account.paused_until) if each and each > clock.now()]
    return max(moments, default=None)


def comes_at(account: Provider) -> datetime | None:
    """When the next turn comes, whether the queue waits or not; None for now."""
    now, at = clock.now(), account.next_at
    return at if at and now < at <= now + FARTHEST else None


def take(session: Session, account: Provider, *, at: datetime | None = None) -> Turn:
    """Take the next turn, which comes `at` that moment or when the queue opens."""
    turn = Turn(account.turns, at or opens_at(account) or clock.now(), SECOND * SPARE / _free(account))
    account.turns, account.next_at = turn.number + 1, turn.at + turn.apart
    session.add(account)
    return turn


def keep_distance(account: Provider, trip: Trip) -> None:
    """From when it may have come, a second passes before there is a request too many for the provider.

    Where an answer took longer than the fastest, the request may have been under way for the difference.
    """
    took = max(0, (trip.back_at - trip.left_at).total_seconds())
    known, turn = account.fastest or 0, trip.turn
    came_at = min(trip.back_at, trip.left_at + timedelta(seconds=max(0, took - known)))  # or the clock was set back
    account.fastest = min(took, known + (took - known) * FORGETS) if known else took
    ahead = turn.number + _free(account) - account.turns  # turns to be taken before the one too many
    if ahead >= 0 and account.next_at:
        planned = account.next_at + turn.apart * ahead
        account.next_at += max(timedelta(0), came_at + SECOND + MARGIN - planned)


def _free(account: Provider) -> int:
    """How many requests a second are ours to make."""
    return max(1, account.requests_a_second - account.others)
