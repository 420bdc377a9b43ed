"""The journey of a mail, as people are told it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from caseupdates.delivery.models import Message


class Stage(StrEnum):
    QUEUED = "queued"
    WAITING = "waiting for the mail provider"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    SUPPRESSED = "suppressed"
    BOUNCED = "bounced"
    COMPLAINED = "marked as spam"


@dataclass(frozen=True)
class Step:
    stage: Stage
    at: datetime


@dataclass(frozen=True)
class Journey:
    """The steps so far, the one that counts most last, and the last problem in plain words."""

    steps: tuple[Step, ...]
    detail: str

    @property
    def stage(self) -> Stage:
        return self.steps[-1].stage


def journey(message: Message) -> Journey:
    """How far a message has come; evidence only, derived from its facts."""
    is_waiting = message.due_at is not None and bool(message.detail)
    moments = [
        (Stage.QUEUED, message.created_at),
        (Stage.WAITING, message.first_attempt_at if is_waiting else None),
        (Stage.FAILED, message.refused_at or message.parked_at),
        (Stage.CANCELLED, message.cancelled_at),
        # What the provider told proves that it had the mail, whatever we thought before.
        (Stage.ACCEPTED, message.accepted_at),
        (Stage.DELAYED, message.delayed_at),
        (Stage.DELIVERED, message.delivered_at),
        (Stage.SUPPRESSED, message.suppressed_at),
        (Stage.FAILED, message.failed_at),
        (Stage.BOUNCED, message.bounced_at),
        (Stage.COMPLAINED, message.complained_at),
    ]
    return Journey(tuple(Step(stage, at) for stage, at in moments if at), message.detail)
