"""How much was accepted, as it is shown."""

from dataclasses import dataclass, field
from datetime import tzinfo

from sqlmodel import Session

from caseupdates.delivery import throughput
from caseupdates.delivery.claiming import LARGEST
from caseupdates.delivery.models import Provider
from caseupdates.delivery.throughput import DAY, HOUR, MINUTE, Bar
from caseupdates.interface.show import counted
from caseupdates.settings import settings


@dataclass
class BarRow:
    height: str = ""  # "42%"
    says: str = ""  # "09:41: 12 mails"


@dataclass
class Throughput:
    minute: str = ""
    hour: str = ""
    day: str = ""
    limit: str = ""
    bars: list[BarRow] = field(default_factory=list)  # empty when nothing was accepted
    first: str = ""  # the time the chart begins with
    most: str = ""  # "Most in one minute: 1,200 mails at 09:41"
    summary: str = ""  # the chart in words


def throughput_of(session: Session, account: Provider, zone: tzinfo, *, by_hour: bool) -> Throughput:
    each, count = (HOUR, 24) if by_hour else (MINUTE, 60)
    shown = throughput.bars(session, each=each, count=count)
    minute, hour, day = (throughput.accepted_in(session, span) for span in (MINUTE, HOUR, DAY))
    most = max(shown, key=lambda bar: bar.count)
    unit, span = ("hour", "24 hours") if by_hour else ("minute", "hour")
    at = f"{counted(most.count, 'mail')} at {_clock(most, zone)}"
    summary = (
        f"Mails accepted in each {unit} of the last {span}: {sum(bar.count for bar in shown):,} in all, most {at}."
    )
    drawn = [_bar(bar, most.count, zone) for bar in shown] if most.count else []
    return Throughput(
        f"{minute:,}", f"{hour:,}", f"{day:,}", _limit(account), drawn, _clock(shown[0], zone), f"Most in one {unit}: {at}",
        summary,
    )  # fmt: skip


def _bar(bar: Bar, most: int, zone: tzinfo) -> BarRow:
    height = max(3, round(100 * bar.count / most)) if bar.count else 0  # few are still seen beside many
    return BarRow(f"{height}%", f"{_clock(bar, zone)}: {counted(bar.count, 'mail')}")


def _clock(bar: Bar, zone: tzinfo) -> str:
    return f"{bar.began_at.astimezone(zone):%H:%M}"


def _limit(account: Provider) -> str:
    if settings().resend_api_key is None:
        return ""
    allowed = f"Allowed: {counted(account.requests_a_second, 'request')} a second of up to {LARGEST} mails each."
    used = f" Other programs on the account use {account.others} of them." if account.others else ""
    return allowed + used
