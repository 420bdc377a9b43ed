"""The ladder of a link: opened, code requested, verified, viewed, downloaded; only what a person did."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from sqlmodel import Session, col, func, select

from caseupdates.interface.when import said
from caseupdates.links.access import DeadLink, LinkExpired, LinkLocked, LinkRevoked, all_refused
from caseupdates.links.evidence import steps_of
from caseupdates.links.models import Link, LinkEvent, LinkFile, Step

STEPS = {
    True: ["Accepted", "Delivered", "Opened", "Verified", "Downloaded"],
    False: ["Accepted", "Delivered", "Opened", "Viewed", "Downloaded"],
}


@dataclass
class EventRow:
    """One thing somebody did."""

    when: str = ""
    what: str = ""  # "Downloaded week-1.mp4"
    where: str = ""  # the network address it came from


@dataclass
class Ladder:
    """How far somebody has come with a link, as it is shown."""

    link_id: int = 0
    steps: list[str] = field(default_factory=list)  # heads of the mail's dots and these
    dots: list[str] = field(default_factory=list)  # the last three of the steps
    now: str = ""
    hue: str = ""
    when: str = ""
    detail: str = ""
    can_renew: bool = False
    can_revoke: bool = False
    asks: bool = False  # for a new link
    evidence: list[EventRow] = field(default_factory=list)


def ladders(session: Session, links: Sequence[Link], zone: tzinfo) -> dict[int, Ladder]:
    """The ladders of these links, by id; three queries."""
    ids = [each.id for each in links]
    done, dead, files = steps_of(session, ids), all_refused(session, links), _file_counts(session, ids)
    return {each.id: _ladder(each, done.get(each.id, []), dead.get(each.id), files[each.id], zone) for each in links}


def _ladder(link: Link, done: Sequence[LinkEvent], dead: DeadLink | None, files: int, zone: tzinfo) -> Ladder:
    steps = {each.step for each in done}
    kept = len({each.file_id for each in done if each.step is Step.DOWNLOADED})
    middle = Step.VERIFIED if link.needs_verification else Step.VIEWED
    is_in = bool(steps & {middle, Step.VIEWED, Step.DOWNLOADED})
    reached = (is_in or Step.OPENED in steps, middle in steps, kept >= files > 0)
    now, hue = _over(dead, steps, kept) or _now(link, steps, kept, files)
    refused = [each for each in done if each.step is Step.DENIED and not is_in]
    return Ladder(
        link.id, STEPS[link.needs_verification], ["done" if each else "" for each in reached], now, hue,
        when=said(done[-1].at, zone) if done else "",
        detail=f"Somebody was refused {said(refused[-1].at, zone)}." if refused else "",
        can_renew=dead is None or isinstance(dead, LinkExpired),
        can_revoke=not isinstance(dead, LinkRevoked | LinkLocked),
        asks=isinstance(dead, LinkExpired) and Step.ASKED_AGAIN in steps,
        evidence=[_event_row(each, zone) for each in done],
    )  # fmt: skip


def _now(link: Link, steps: Collection[Step], kept: int, files: int) -> tuple[str, str]:
    """How far the recipient came, and its colour; nothing where they did not come."""
    if kept >= files > 1:
        return ("Downloaded both files" if files == 2 else f"Downloaded all {files} files"), "jade"
    if kept:
        return ("Downloaded" if files == 1 else f"Downloaded {kept} of {files} files"), "jade"
    if Step.VIEWED in steps:
        return "Viewed", "jade"
    if Step.VERIFIED in steps:
        return "Verified", "jade"
    if Step.OPENED in steps:
        return ("Opened, not verified" if link.needs_verification else "Opened"), "blue"
    return "", ""


def _over(dead: DeadLink | None, steps: Collection[Step], kept: int) -> tuple[str, str] | None:
    """Why the link leads nowhere, where that matters more than what was done with it."""
    if isinstance(dead, LinkExpired) and Step.ASKED_AGAIN in steps:
        return "Asks for a new link", "amber"
    if dead is None or kept:
        return None
    if isinstance(dead, LinkLocked):
        return "Locked", "red"
    return {LinkRevoked: "Link revoked", LinkExpired: "Link expired"}.get(type(dead), "Link ended"), "gray"


def _event_row(event: LinkEvent, zone: tzinfo) -> EventRow:
    what = f"{event.step} {event.file.name}" if event.file else str(event.step)
    return EventRow(said(event.at, zone), what[0].upper() + what[1:], event.network)


def _file_counts(session: Session, link_ids: Collection[int]) -> dict[int, int]:
    counts = select(LinkFile.link_id, func.count()).where(col(LinkFile.link_id).in_(link_ids))
    return dict(session.exec(counts.group_by(col(LinkFile.link_id))).all())
