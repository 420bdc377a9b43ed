"""Patience: how long to wait between attempts, and when to stop and ask a person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom

from caseupdates.delivery.models import Batch, Message

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)  # a mended provider is noticed within the hour, also under a used-up quota
PATIENCE = timedelta(days=3)  # a Friday evening's outage is over by Monday; RFC 5321, 4.5.4.1 waits 4-5 days
KEY_LIFE = timedelta(hours=23)  # Resend forgets an Idempotency-Key after 24 h; one to spare for clocks that differ

NOT_TAKEN = "The mail provider did not take this mail for 3 days. Put it in the queue again when it works."
NOT_SURE = "It is not certain whether this mail arrived. Ask the recipient before you send it again."

TOO_OLD = "The code in this mail had expired before the mail provider took it."

Jitter = Callable[[float, float], float]  # a number between two others
JITTER: Jitter = SystemRandom().uniform


def pause(attempts: int, after: timedelta | None = None, *, jitter: Jitter = JITTER) -> timedelta:
    """How long to wait after so many attempts, doubling; the provider's own word goes first. Never over LONGEST_PAUSE."""
    if after:
        return min(LONGEST_PAUSE, after * jitter(1, 1.5))  # not all at the very same moment, but none too early
    doublings = max(0, min(attempts - 1, 10))  # 1024 first pauses are beyond the longest; 0 attempts since put in again
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings)) * jitter(0.5, 1)


def given_up(message: Message, *, at: datetime) -> str:
    """Why a message certainly not taken may not be tried at this moment, in plain words; empty while it may."""
    if message.useless_after and at >= message.useless_after:
        return TOO_OLD
    if message.first_attempt_at and at >= message.first_attempt_at + PATIENCE:
        return NOT_TAKEN
    return ""


def key_protects(batch: Batch, *, at: datetime) -> bool:
    """True while the provider, which may have the batch, would recognise it by its key."""
    return at < batch.created_at + KEY_LIFE
