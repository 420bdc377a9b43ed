"""Display records of "Show Recipients", and how they are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import NamedTuple

from sqlmodel import Session

from caseupdates.delivery.journey import Journey, Stage, journey
from caseupdates.delivery.outbox import is_here
from caseupdates.interface.show import Face, counted, face
from caseupdates.interface.when import said
from caseupdates.links.expiry import last_day
from caseupdates.people.firm import firm, zone_of
from caseupdates.people.models import Permission, Person
from caseupdates.sending.evidence import sendings_of
from caseupdates.sending.journal.ladder.rows import EventRow, Ladder, ladders
from caseupdates.sending.models import Delivery, Sending
from caseupdates.sending.recipients import FIRM_IS_SILENT
from caseupdates.updates.feed import update_shown

HUES = {
    Stage.QUEUED: "amber",
    Stage.WAITING: "amber",
    Stage.ACCEPTED: "blue",
    Stage.DELIVERED: "jade",
    Stage.BOUNCED: "red",
    Stage.FAILED: "red",
    Stage.CANCELLED: "gray",
    Stage.DELAYED: "amber",
    Stage.SUPPRESSED: "red",
    Stage.COMPLAINED: "red",
}
REACHED = {
    Stage.QUEUED: 1, Stage.WAITING: 1, Stage.ACCEPTED: 2, Stage.DELAYED: 2, Stage.DELIVERED: 3, Stage.COMPLAINED: 3,
}  # fmt: skip
STOPPED = {Stage.SUPPRESSED, Stage.BOUNCED, Stage.FAILED}
MAIL_STEPS = ["Queued", "Accepted", "Delivered", "Read"]


@dataclass
class RecipientRow:
    face: Face = field(default_factory=Face)
    group: str = ""
    now: str = ""  # "accepted", "not emailed (preference)", "downloaded both files"
    hue: str = "gray"
    detail: str = ""
    parked: int = 0  # the delivery to try again; 0 where there is nothing to try
    when: str = ""
    dots: list[str] = field(default_factory=list)  # one per step: "done", "failed" or ""
    link: int = 0  # 0 without one
    can_renew: bool = False
    can_revoke: bool = False
    asks: bool = False  # for a new link
    evidence: list[EventRow] = field(default_factory=list)


@dataclass
class SendingRow:
    id: int = 0
    head: str = ""  # "Sent yesterday 17:21 by Manager G. · 3 recipients"
    note: str = ""
    is_undone: bool = False
    can_recall: bool = False
    can_extend: bool = False
    steps: list[str] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    recipients: list[RecipientRow] = field(default_factory=list)


class Zones(NamedTuple):
    """Moments are said in the reader's zone, the last day of links in the firm's, as recipients read it."""

    readers: tzinfo
    firms: tzinfo


def sending_rows(session: Session, update_id: int, zone: tzinfo, *, by: Person) -> list[SendingRow]:
    """Every sending of an update with its recipients; a handful of queries, however many there are."""
    newest, found = update_shown(session, update_id, by=by), sendings_of(session, update_id, by=by)
    links = [each.link for _, deliveries in found for each in deliveries if each.link]
    climbed, may_send = ladders(session, links, zone), by.may(Permission.SEND_UPDATES)
    zones = Zones(zone, zone_of(firm(session)))
    return [_sending_row(*each, newest.number, climbed, zones, may_send=may_send) for each in found]


def _sending_row(
    sending: Sending, deliveries: Sequence[Delivery], newest: int, climbed: dict[int, Ladder], zones: Zones, *,
    may_send: bool,
) -> SendingRow:  # fmt: skip
    links = [each.link for each in deliveries if each.link]
    rows = [_recipient_row(each, climbed.get(each.link_id or 0), zones.readers) for each in deliveries]
    is_over = bool(sending.undone_at or sending.recalled_at)
    waits = any(each.message and is_here(each.message) for each in deliveries)
    return SendingRow(
        sending.id, _head(sending, deliveries, newest, zones), sending.note, is_over,
        can_recall=may_send and not is_over and bool(links or waits),
        can_extend=may_send and not is_over and bool(links),
        steps=climbed[links[0].id].steps if links else MAIL_STEPS,
        people=[each.person_id for each in deliveries], recipients=rows,
    )  # fmt: skip


def _head(sending: Sending, deliveries: Sequence[Delivery], newest: int, zones: Zones) -> str:
    zone = zones.readers
    words = [f"Sent {said(sending.sent_at, zone)} by {sending.sender.name}", counted(len(deliveries), "recipient")]
    if link := next((each.link for each in deliveries if each.link), None):
        words.append(f"links end {last_day(link.expires_at, zones.firms) if link.expires_at else 'with the case'}")
        words.append(f"identity verification {'on' if link.needs_verification else 'off'}")
    if sending.undone_at:
        words.append(f"undone {said(sending.undone_at, zone)}")
    if sending.recalled_at:
        words.append(f"recalled {said(sending.recalled_at, zone)}")
    if sending.revision.number < newest:
        words.append(f"they hold revision {sending.revision.number} of {newest}")
    return " · ".join(words)


def _recipient_row(delivery: Delivery, ladder: Ladder | None, zone: tzinfo) -> RecipientRow:
    read_at, message = delivery.notification.read_at, delivery.message
    row = RecipientRow(face(delivery.person), delivery.group, when=f"read {said(read_at, zone)}" if read_at else "")
    reached = ["", "", ""]
    if message is None:
        by_firm = delivery.reason.startswith(FIRM_IS_SILENT)
        row.now = "Not emailed (the firm)" if by_firm else "Not emailed (preference)"
        row.detail = f"{delivery.reason[:1].upper()}{delivery.reason[1:]}." if delivery.reason else ""
    else:
        path = journey(message)
        row.now, row.hue, row.detail = str(path.stage).capitalize(), HUES[path.stage], path.detail
        row.when = row.when or said(path.steps[-1].at, zone)
        row.parked = delivery.id if message.parked_at else 0
        reached = _dots(path)
    row.dots = [*reached, "done" if read_at else ""]
    if ladder:
        _climb(row, ladder)
    return row


def _climb(row: RecipientRow, ladder: Ladder) -> None:
    """What was done with the link goes before what became of the mail."""
    row.dots = [*row.dots[1:3], *ladder.dots]
    row.link, row.can_renew, row.can_revoke = ladder.link_id, ladder.can_renew, ladder.can_revoke
    row.asks, row.evidence = ladder.asks, ladder.evidence
    if ladder.now:
        row.now, row.hue, row.when = ladder.now, ladder.hue, ladder.when or row.when
    row.detail = ladder.detail or row.detail


def _dots(path: Journey) -> list[str]:
    """Queued, accepted, delivered: "done" as far as the mail has come, "failed" where it stopped."""
    has_stopped, was_accepted = path.stage in STOPPED, any(step.stage is Stage.ACCEPTED for step in path.steps)
    reached = 1 + was_accepted if has_stopped else REACHED.get(path.stage, 0)
    return [*["done"] * reached, *["failed"] * has_stopped, "", "", ""][:3]
