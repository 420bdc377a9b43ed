"""The journey of a mail, as people are told it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from caseupdates.delivery.models import Message


class Stage(StrEnum):
    QUEUED = "queued"
    WAITING = "waiting for the mail provider"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Step:
    stage: Stage
    at: datetime


@dataclass(frozen=True)
class Journey:
    """The steps so far, oldest first, and the last problem in plain words."""

    steps: tuple[Step, ...]
    detail: str

    @property
    def stage(self) -> Stage:
        return self.steps[-1].stage


def journey(message: Message) -> Journey:
    """How far a message has come; evidence only, derived from its facts."""
    is_waiting = message.due_at is not None and bool(message.detail)
    moments = {
        Stage.QUEUED: message.created_at,
        Stage.WAITING: message.first_attempt_at if is_waiting else None,
        Stage.ACCEPTED: message.accepted_at,
        Stage.DELIVERED: message.delivered_at,
        Stage.BOUNCED: message.bounced_at,
        Stage.FAILED: message.refused_at or message.parked_at,
        Stage.CANCELLED: message.cancelled_at,
    }
    return Journey(tuple(Step(stage, at) for stage, at in moments.items() if at), message.detail)
