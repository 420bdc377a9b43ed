"""Whether mail flows, in one line, and what to do when it does not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from caseupdates import clock
from caseupdates.delivery.models import Pause, Provider
from caseupdates.delivery.queue import Place, Queue, total
from caseupdates.delivery.remedies import remedy
from caseupdates.settings import Settings

STUCK = timedelta(minutes=2)  # due for longer while nothing holds the queue: no worker takes it


class Hue(StrEnum):
    """How urgent something is, as its colour."""

    GOOD = "jade"
    WAITS = "amber"
    BAD = "red"
    LOCAL = "blue"


@dataclass(frozen=True)
class Flow:
    hue: Hue
    says: str  # "Mail is paused"
    because: str = ""  # "the daily quota is used up"
    why: str = ""  # a sentence more on it, the provider's or ours
    to_do: str = ""
    until: datetime | None = None  # when it goes on by itself
    is_paused: bool = False  # "Try now" helps


def flow(account: Provider, found: Queue, settings: Settings) -> Flow:
    """How mail flows, from what is known of the account and where the queue stands."""
    if settings.resend_api_key is None:
        return _without_provider(settings)
    if account.pause in (Pause.ACCOUNT, Pause.QUOTA) or _is_limited_for_long(account):
        return _paused(account)
    waiting, again = total(found, Place.DUE, Place.AGAIN), total(found, Place.AGAIN)
    if waiting.due and not any(map(_is_recent, (waiting.due, account.answered_at, account.next_at))):
        to_do = "Start Case Updates again, and look into its log."
        return Flow(Hue.BAD, "Mail does not leave", "", f"{_mails(waiting.count)}, and nothing takes them.", to_do)
    if again.count:
        why = f"{_mails(again.count)} to be tried again: the provider did not take them, or did not say that it did."
        return Flow(
            Hue.WAITS, "Mail is delayed", "", why, "Each is tried again by itself; nothing needs to be done for now."
        )
    return Flow(Hue.GOOD, "Mail is flowing")


def _paused(account: Provider) -> Flow:
    until = account.paused_until
    if account.pause is Pause.QUOTA:
        quota = "daily" if "today" in account.paused_why else "monthly"
        to_do = "It goes on by itself. If the account got a larger plan meanwhile, press “Try now”."
        return Flow(Hue.WAITS, "Mail is paused", f"the {quota} quota is used up", "", to_do, until, is_paused=True)
    if account.pause is Pause.LIMIT:
        to_do = "It goes on by itself."
        return Flow(Hue.WAITS, "Mail is paused", "the provider's limit is reached", "", to_do, until, is_paused=True)
    wrong, to_do = remedy(account.paused_why)
    return Flow(Hue.BAD, "Mail is stopped", wrong, account.paused_why, to_do, until, is_paused=True)


def _is_limited_for_long(account: Provider) -> bool:
    """Mostly a limit lasts for a second, which nobody need be told."""
    until = account.paused_until if account.pause is Pause.LIMIT else None
    return until is not None and until - clock.now() > STUCK


def _without_provider(settings: Settings) -> Flow:
    if settings.is_local:
        why = "No mail provider is set up, so nothing leaves this machine."
        return Flow(Hue.LOCAL, "Mail goes to the local mailbox", "", why)
    to_do = "Set RESEND_API_KEY and CASEUPDATES_MAIL_FROM and start Case Updates again: what waits is sent then."
    return Flow(Hue.BAD, "Mail waits", "no mail provider is set up yet", "", to_do)


def _is_recent(moment: datetime | None) -> bool:
    """A long queue is no trouble while it moves, nor one that may move only now."""
    return moment is not None and clock.now() - moment <= STUCK


def _mails(count: int) -> str:
    return "One mail waits" if count == 1 else f"{count:,} mails wait"
