"""The health of the account at the provider, as findings: what is in order, what is not, and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from caseupdates import clock
from caseupdates.delivery import remedies
from caseupdates.delivery.checking import KEY_REFUSED, NOT_FOUND, RESTRICTED, domain_of
from caseupdates.delivery.models import Message, Pause, Provider
from caseupdates.delivery.remedies import Remedy
from caseupdates.settings import Settings

CLOCK_WARNS = timedelta(seconds=30)
CLOCK_IS_WRONG = timedelta(minutes=5)  # the provider's reports are refused beyond it; docs.svix.com, tolerance
QUIET = timedelta(hours=1)  # after which an accepted mail should have been reported on


class Status(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    about: str  # "API key"
    status: Status
    says: str
    to_do: str = ""
    at: datetime | None = None  # since when, or when it was last seen


def findings(session: Session, account: Provider, settings: Settings) -> list[Finding]:
    """What can be said of the account; nothing where there is none."""
    if settings.resend_api_key is None:
        return []
    return [
        _key(account), _domain(account, settings), _reports(session, account, settings), *_refused_reports(account),
        _clock(account),
    ]  # fmt: skip


def _key(account: Provider) -> Finding:
    remedy = _remedy(account)
    if remedy is remedies.KEY:
        return Finding("API key", Status.BAD, "Refused by the provider.", remedy.to_do, account.paused_since)
    if account.domain_status == KEY_REFUSED and not _later(account.accepted_at, account.domain_checked_at):
        says, to_do = "Refused when it was checked.", remedies.KEY.to_do
        return Finding("API key", Status.BAD, says, to_do, account.domain_checked_at)
    if remedy and remedy is not remedies.DOMAIN:
        return Finding("API key", Status.BAD, f"Set, but {remedy.wrong}.", remedy.to_do, account.paused_since)
    if account.accepted_at:
        return Finding("API key", Status.OK, "Set and accepted: a mail was taken.", at=account.accepted_at)
    if account.domain_status and account.domain_status != KEY_REFUSED:
        return Finding("API key", Status.OK, "Set, and accepted when it was checked.", at=account.domain_checked_at)
    return Finding("API key", Status.UNKNOWN, "Set. No mail has been sent with it yet.", "Press “Check now” to try it.")


def _domain(account: Provider, settings: Settings) -> Finding:
    domain, status, at = domain_of(settings.mail_from), account.domain_status, account.domain_checked_at
    about = "Sender's domain"
    if _remedy(account) is remedies.DOMAIN:
        return Finding(about, Status.BAD, f"{domain}: not verified.", remedies.DOMAIN.to_do, account.paused_since)
    if status == "verified":
        return Finding(about, Status.OK, f"{domain} is verified.", at=at)
    if status == RESTRICTED and account.accepted_at:
        says = f"Mail from {domain} is accepted. The key may only send: the domain itself cannot be looked up with it."
        return Finding(about, Status.OK, says, at=account.accepted_at)
    if status == RESTRICTED:
        says = f"The key may only send: whether {domain} is verified cannot be looked up with it."
        return Finding(about, Status.UNKNOWN, says, "The first mail that is accepted shows it.", at)
    if status in ("", KEY_REFUSED):
        return Finding(about, Status.UNKNOWN, f"{domain} has not been checked.", "Press “Check now”.")
    verify = "Add the DNS records that resend.com/domains shows for it, then press “Check now”."
    if status == NOT_FOUND:
        return Finding(about, Status.BAD, f"{domain} is not among the account's domains.", verify, at)
    is_under_way = status in ("pending", "temporary_failure")
    says = f"{domain} is not verified: the provider calls it “{status.replace('_', ' ')}”."
    return Finding(about, Status.WARN if is_under_way else Status.BAD, says, verify, at)


def _reports(session: Session, account: Provider, settings: Settings) -> Finding:
    about = "Delivery reports"
    if settings.resend_webhook_secret is None:
        to_do = (
            f"Add a webhook at resend.com/webhooks for {settings.url('/webhooks/resend')} with all email events, "
            "and put its signing secret into RESEND_WEBHOOK_SECRET."
        )
        return Finding(about, Status.WARN, "Not set up: whether a mail was delivered is known only by asking.", to_do)
    if _is_unreported(session, account):
        says = "None came although mail was accepted more than an hour ago."
        to_do = (
            f"Look at resend.com/webhooks whether {settings.url('/webhooks/resend')} is enabled and what it answered."
        )
        return Finding(about, Status.WARN, says, to_do, account.event_at)
    if account.event_at:
        return Finding(about, Status.OK, "They arrive.", at=account.event_at)
    return Finding(about, Status.UNKNOWN, "Set up. None has come yet.", "The first comes with the next mail.")


def _refused_reports(account: Provider) -> Iterator[Finding]:
    """Only while no good one has come since."""
    if account.event_refused_at and not _later(account.event_at, account.event_refused_at):
        to_do = "If it was the provider: copy the webhook's signing secret into RESEND_WEBHOOK_SECRET and start again."
        says = f"A report was refused: {account.event_refused_why or 'it was not signed as it must be'}"
        yield Finding("Refused report", Status.WARN, says, to_do, account.event_refused_at)


def _clock(account: Provider) -> Finding:
    if account.clock_off is None:
        return Finding("Clock", Status.UNKNOWN, "Not compared with the provider's yet.", "Press “Check now”.")
    off = timedelta(seconds=abs(account.clock_off))
    says = f"{_span(off)} {'ahead of' if account.clock_off > 0 else 'behind'} the provider's"
    if off > CLOCK_IS_WRONG:
        to_do = "Set this machine's clock by NTP: with more than 5 minutes delivery reports are refused."
        return Finding("Clock", Status.BAD, f"{says}.", to_do)
    if off > CLOCK_WARNS:
        return Finding(
            "Clock", Status.WARN, f"{says}.", "Set this machine's clock by NTP before it is off by 5 minutes."
        )
    return Finding("Clock", Status.OK, "Agrees with the provider's.", at=account.answered_at)


def _remedy(account: Provider) -> Remedy | None:
    return remedies.remedy(account.paused_why) if account.pause is Pause.ACCOUNT else None


def _is_unreported(session: Session, account: Provider) -> bool:
    """Was a mail accepted since the last event, and more than an hour ago? One look at the index."""
    accepted = select(Message.id).where(col(Message.accepted_at) <= clock.now() - QUIET)
    if account.event_at:
        accepted = accepted.where(col(Message.accepted_at) > account.event_at)
    by_provider = accepted.where(~col(Message.provider_id).startswith("local-"))
    return session.exec(by_provider.order_by(col(Message.accepted_at).desc()).limit(1)).first() is not None


def _later(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and (other is None or one > other)


def _span(off: timedelta) -> str:
    seconds = round(off.total_seconds())
    return f"{seconds} seconds" if seconds < 120 else f"{seconds // 60:,} minutes"
