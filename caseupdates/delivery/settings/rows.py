"""Display records of the page "Delivery" under /settings, and how they are read."""

from dataclasses import dataclass, field
from datetime import tzinfo

from sqlmodel import Session

from caseupdates.delivery import pace
from caseupdates.delivery.flow import Flow, Hue, flow
from caseupdates.delivery.health import Finding, findings
from caseupdates.delivery.models import Lane, Provider
from caseupdates.delivery.problems import problems
from caseupdates.delivery.queue import Place, Queue, Standing, queue, total
from caseupdates.delivery.settings.accepted.rows import Throughput, throughput_of
from caseupdates.delivery.settings.mails.rows import About, ParkedRow, ProblemRow, abouts, parked_row, problem_row
from caseupdates.interface.when import age, said
from caseupdates.people.access import require_settings
from caseupdates.people.models import Person
from caseupdates.sending import parked
from caseupdates.settings import settings

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
    about = abouts(session, [*(each.message.id for each in waiting), *(each.message_id for each in told)], by=by)
    return Page(
        flow=_flow(now, account, zone),
        has_provider=here.resend_api_key is not None,
        has_mailbox=here.resend_api_key is None and here.is_local,
        places=_places(found, is_held=now.is_paused),
        throughput=throughput_of(session, account, zone, by_hour=by_hour),
        problems=[problem_row(each, about.get(each.message_id, About()), zone) for each in told],
        parked=[parked_row(each, about.get(each.message.id), zone) for each in waiting],
        parked_count=total(found, Place.PARKED).count,
        sendable=parked.count_sendable(session),
        findings=[_finding(each, zone) for each in findings(session, account, here)],
    )


def _flow(now: Flow, account: Provider, zone: tzinfo) -> FlowRow:
    goes_on = said(now.until, zone) if now.until and age(now.until) == "" else ""
    until = f" until {goes_on}" if goes_on and now.hue is Hue.WAITS else ""
    says = f"{now.says}{until}: {now.because}" if now.because else now.says
    again = f"Tried again by itself {goes_on}." if goes_on and now.hue is Hue.BAD else ""
    is_flowing = now.hue is Hue.GOOD and account.accepted_at is not None
    why = f"The last mail was taken {said(account.accepted_at, zone)}." if is_flowing else now.why
    return FlowRow(now.hue, says, why, f"{now.to_do} {again}".strip(), now.is_paused)


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


def _finding(found: Finding, zone: tzinfo) -> FindingRow:
    return FindingRow(found.about, found.status, found.says, found.to_do, said(found.at, zone))
