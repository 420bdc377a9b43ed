"""Display records of the page "Delivery" under /settings, and how they are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from urllib.parse import quote

from sqlmodel import Session, col, select

from caseupdates.delivery import pace, throughput
from caseupdates.delivery.claiming import LARGEST
from caseupdates.delivery.flow import Flow, Hue, flow
from caseupdates.delivery.health import Finding, findings
from caseupdates.delivery.models import Lane, Provider
from caseupdates.delivery.problems import Problem, problems
from caseupdates.delivery.queue import Place, Queue, Standing, queue, total
from caseupdates.delivery.throughput import DAY, HOUR, MINUTE, Bar
from caseupdates.interface.show import counted
from caseupdates.interface.when import age, said
from caseupdates.people.access import require_settings
from caseupdates.people.models import Person
from caseupdates.sending import parked
from caseupdates.sending.models import Delivery, Sending
from caseupdates.sending.parked import Waiting
from caseupdates.settings import settings
from caseupdates.updates.feed import shown_to
from caseupdates.updates.models import Update
from caseupdates.updates.writing import path_of

PLACES = {
    Place.DUE: ("Ready to go", "due now"),
    Place.UNDER_WAY: ("With the provider", "its answer is awaited"),
    Place.AGAIN: ("To be tried again", "not taken, or no clear answer"),
    Place.LATER: ("Can still be undone", "leaves in a moment"),
    Place.PARKED: ("Waiting for a person", "see below"),
}


@dataclass
class FlowRow:
    hue: str = ""
    says: str = ""  # "Mail is paused until today 14:05: the daily quota is used up"
    why: str = ""
    to_do: str = ""
    can_try: bool = False


@dataclass
class PlaceRow:
    label: str = ""
    says: str = ""
    mails: str = ""
    codes: str = ""
    oldest: str = ""  # "12 min"
    hue: str = ""


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
    most: str = ""  # "most in a minute: 1,200 at 09:41"
    summary: str = ""  # the chart in words


@dataclass
class About:
    """What a mail brought."""

    title: str = ""
    path: str = ""  # of its update, for whoever may see it


@dataclass
class ProblemRow:
    says: str = ""
    count: str = ""  # "12 mails"
    when: str = ""
    recipient: str = ""  # of the latest
    person: str = ""  # where to look for them
    about: About = field(default_factory=About)


@dataclass
class ParkedRow:
    id: int = 0
    recipient: str = ""
    about: About = field(default_factory=About)
    why: str = ""
    when: str = ""
    can_go: bool = True


@dataclass
class FindingRow:
    about: str = ""
    status: str = ""
    says: str = ""
    to_do: str = ""
    when: str = ""


@dataclass
class Page:
    """All that the page shows."""

    flow: FlowRow = field(default_factory=FlowRow)
    has_provider: bool = False
    has_mailbox: bool = False
    places: list[PlaceRow] = field(default_factory=list)  # empty when nothing waits
    throughput: Throughput = field(default_factory=Throughput)
    problems: list[ProblemRow] = field(default_factory=list)
    parked: list[ParkedRow] = field(default_factory=list)
    parked_count: int = 0
    sendable: int = 0
    findings: list[FindingRow] = field(default_factory=list)


def read_page(session: Session, zone: tzinfo, *, by_hour: bool, limit: int, by: Person) -> Page:
    """What the page shows now; raise NotPermitted. Its queries read what is open, parked or recent, and no more."""
    require_settings(by)
    account = session.get(Provider, 1) or Provider(requests_a_second=pace.REQUESTS_A_SECOND)
    here, found = settings(), queue(session)
    now = flow(account, found, here)
    waiting, told = parked.parked(session, by=by, limit=limit), problems(session)
    about = _abouts(session, [*(each.message.id for each in waiting), *(each.message_id for each in told)], by=by)
    return Page(
        flow=_flow(now, account, zone),
        has_provider=here.resend_api_key is not None,
        has_mailbox=here.resend_api_key is None and here.is_local,
        places=_places(found, is_held=now.is_paused),
        throughput=_throughput(session, account, zone, by_hour=by_hour),
        problems=[_problem(each, about.get(each.message_id, About()), zone) for each in told],
        parked=[_parked(each, about.get(each.message.id), zone) for each in waiting],
        parked_count=total(found, Place.PARKED).count,
        sendable=parked.count_sendable(session),
        findings=[_finding(each, zone) for each in findings(session, account, here)],
    )


def _flow(now: Flow, account: Provider, zone: tzinfo) -> FlowRow:
    goes_on = said(now.until, zone) if now.until and age(now.until) == "" else ""
    until = f" until {goes_on}" if goes_on and now.hue is Hue.WAITS else ""
    says = f"{now.says}{until}: {now.because}" if now.because else now.says
    again = f"Tried again by itself {goes_on}." if goes_on and now.hue is Hue.BAD else ""
    why = f"The last mail was taken {said(account.accepted_at, zone)}." if _flows(now, account) else now.why
    return FlowRow(now.hue, says, why, f"{now.to_do} {again}".strip(), now.is_paused)


def _flows(now: Flow, account: Provider) -> bool:
    return now.hue is Hue.GOOD and account.accepted_at is not None


def _places(found: Queue, *, is_held: bool) -> list[PlaceRow]:
    rows = [_place(found, place) for place in PLACES if total(found, place).count]
    if is_held and total(found, Place.DUE).count:
        rows[0].says = "as soon as mail goes on"
    return rows


def _place(found: Queue, place: Place) -> PlaceRow:
    mails, codes = (found.get((place, lane), Standing()).count for lane in (Lane.MAIL, Lane.CODE))
    hue = {Place.PARKED: "red", Place.AGAIN: "amber"}.get(place, "")
    label, says = PLACES[place]
    return PlaceRow(label, says, _number(mails), _number(codes), age(total(found, place).oldest), hue)


def _number(count: int) -> str:
    return f"{count:,}" if count else "–"


def _throughput(session: Session, account: Provider, zone: tzinfo, *, by_hour: bool) -> Throughput:
    hours = throughput.bars(session, each=HOUR, count=24) if by_hour else []
    shown = hours or throughput.bars(session, each=MINUTE, count=60)
    minute, hour, day = (throughput.accepted_in(session, span) for span in (MINUTE, HOUR, DAY))
    most = max(shown, key=lambda bar: bar.count)
    unit, span = ("hour", "24 hours") if by_hour else ("minute", "hour")
    at = f"{counted(most.count, 'mail')} at {_clock(most, zone)}"
    summary = (
        f"Mails accepted in each {unit} of the last {span}: {sum(bar.count for bar in shown):,} in all, most {at}."
    )
    drawn = [_bar(each, most.count, zone) for each in shown] if most.count else []
    return Throughput(
        f"{minute:,}",
        f"{hour:,}",
        f"{day:,}",
        _limit(account),
        drawn,
        _clock(shown[0], zone),
        f"Most in one {unit}: {at}",
        summary,
    )


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


def _abouts(session: Session, messages: Sequence[int], *, by: Person) -> dict[int, About]:
    """What these mails brought: of updates the name and the way only where this person may see them."""
    sendings = session.exec(
        select(Delivery.message_id, Sending)
        .join(Sending, col(Sending.id) == Delivery.sending_id)
        .where(col(Delivery.message_id).in_(messages))
    ).all()
    ids = {sending.update_id for _, sending in sendings}
    seen = set(session.scalars(shown_to(by).with_only_columns(col(Update.id)).where(col(Update.id).in_(ids))))
    return {message: _about(sending, sending.update_id in seen) for message, sending in sendings if message}


def _about(sending: Sending, is_shown: bool) -> About:
    if not is_shown:
        return About("Case update")
    return About(f"{sending.update.case.number} · {sending.revision.title}", path_of(sending.update))


def _problem(problem: Problem, about: About, zone: tzinfo) -> ProblemRow:
    count = counted(problem.count, "mail")
    person = f"/settings/people?search={quote(problem.recipient)}"
    return ProblemRow(problem.says, count, said(problem.latest_at, zone), problem.recipient, person, about)


def _parked(waiting: Waiting, about: About | None, zone: tzinfo) -> ParkedRow:
    message = waiting.message
    brought = about or About("Verification code" if message.lane is Lane.CODE else "Notice or invitation")
    when = said(message.parked_at, zone)
    return ParkedRow(message.id, message.recipient, brought, message.detail, when, waiting.is_of_use)


def _finding(found: Finding, zone: tzinfo) -> FindingRow:
    return FindingRow(found.about, found.status, found.says, found.to_do, said(found.at, zone))
