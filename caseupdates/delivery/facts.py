"""Facts: what an event leaves on a message. Any order and any repetition of the same events leaves the same."""

from datetime import datetime, timedelta

from caseupdates.delivery.events import Event, Kind
from caseupdates.delivery.models import Message

PATIENCE = timedelta(minutes=15)  # most mails are delivered, and their events here, within seconds
PATIENCE_WITH_DELAYS = timedelta(hours=6)

# In this order one outweighs another: a mail that was delivered may still come back or be called spam later.
COLUMN = {
    Kind.DELAYED: "delayed_at",
    Kind.DELIVERED: "delivered_at",
    Kind.SUPPRESSED: "suppressed_at",
    Kind.FAILED: "failed_at",
    Kind.BOUNCED: "bounced_at",
    Kind.COMPLAINED: "complained_at",
}
FINAL = tuple(kind for kind in COLUMN if kind is not Kind.DELAYED)
TROUBLE = (Kind.SUPPRESSED, Kind.FAILED, Kind.BOUNCED, Kind.COMPLAINED)


def apply(message: Message, event: Event) -> bool:
    """Note what an event tells of its message: of each kind the earliest. True when it is the message's first trouble.

    Whatever it tells, the provider has the mail: no attempt, doubt or refusal of ours outlives that. That somebody took
    it back stays a fact beside it.
    """
    was_troubled = has(message, *TROUBLE)
    _accepted(message, event)
    _explain(message, event)
    if column := COLUMN.get(event.kind):
        setattr(message, column, _earliest(getattr(message, column), occurred_at(message, event)))
    _ask_later(message, event)
    return has(message, *TROUBLE) and not was_troubled


def occurred_at(message: Message, event: Event) -> datetime:
    """Nothing happened to a mail before it was written."""
    return max(event.occurred_at, message.created_at)


def has(message: Message, *kinds: Kind) -> bool:
    return any(getattr(message, COLUMN[kind]) for kind in kinds)


def _accepted(message: Message, event: Event) -> None:
    if message.due_at or message.parked_at or message.refused_at:
        message.detail = ""  # of what is no longer so
    message.due_at = message.parked_at = message.refused_at = None
    message.accepted_at = _earliest(message.accepted_at, max(event.accepted_at, message.created_at))
    message.provider_id = message.provider_id or event.provider_id or None


def _explain(message: Message, event: Event) -> None:
    """Keep the words of what weighs most; of two alike the earlier, and at the same moment the one that sorts first."""
    if event.kind not in COLUMN:
        return
    held = next((kind for kind in reversed(COLUMN) if has(message, kind)), None)
    order = list(COLUMN)
    if held is None or order.index(event.kind) > order.index(held):
        message.detail = event.detail
    elif event.kind is held:
        at, since = occurred_at(message, event), getattr(message, COLUMN[held])
        message.detail = min((since, message.detail), (at, event.detail))[1]


def _ask_later(message: Message, event: Event) -> None:
    """Nobody is asked about what is known; a delay makes asking soon useless."""
    if has(message, *FINAL):
        message.ask_at = None
        return
    patience = PATIENCE_WITH_DELAYS if event.kind is Kind.DELAYED else PATIENCE
    ask_at = occurred_at(message, event) + patience
    message.ask_at = max(message.ask_at or ask_at, ask_at)


def _earliest(known: datetime | None, told: datetime) -> datetime:
    return min(known or told, told)
