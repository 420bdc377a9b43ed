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
    evidence: list[EventRow] = field(default_factory=list)


def ladders(session: Session, links: Sequence[Link], zone: tzinfo) -> dict[int, Ladder]:
    """The ladders of these links, by id; three queries."""
    ids = [each.id for each in links]
    done, dead, files = steps_of(session, ids), all_refused(session, links), _file_counts(session, ids)
    return {each.id: _ladder(each, done.get(each.id, []), dead.get(each.id), files[each.id], zone) for each in links}


def _ladder(link: Link, done: Sequence[LinkEvent], dead: DeadLink | None, files: int, zone: tzinfo) -> Ladder:
    steps = {each.step for each in done}
    kept = {each.file_id for each in done if each.step is Step.DOWNLOADED}
    middle = Step.VERIFIED if link.needs_verification else Step.VIEWED
    entered = steps & {middle, Step.VIEWED, Step.DOWNLOADED}
    now, hue = _now(link, steps, len(kept), files)
    over = _over(dead, steps) if dead else ("", "")
    last = [each for each in done if each.step not in {Step.DENIED, Step.ASKED_AGAIN}]
    denied = [each for each in done if each.step is Step.DENIED and not entered]
    return Ladder(
        link.id, STEPS[link.needs_verification],
        ["done" if reached else "" for reached in (Step.OPENED in steps or entered, middle in steps, len(kept) >= files > 0)],
        now=over[0] if over[0] and not kept else now or over[0], hue=over[1] if over[1] and not kept else hue or over[1],
        when=said(last[-1].at, zone) if last else "",
        detail=f"Somebody was refused {said(denied[-1].at, zone)}." if denied else "",
        can_renew=dead is None or isinstance(dead, LinkExpired),
        can_revoke=not isinstance(dead, LinkRevoked | LinkLocked),
        evidence=[_event_row(each, zone) for each in done],
    )  # fmt: skip


def _now(link: Link, steps: Collection[Step], kept: int, files: int) -> tuple[str, str]:
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


def _over(dead: DeadLink, steps: Collection[Step]) -> tuple[str, str]:
    """Why the link leads nowhere, in the sender's words."""
    if isinstance(dead, LinkLocked):
        return "Locked", "red"
    if isinstance(dead, LinkRevoked):
        return "Link revoked", "gray"
    if isinstance(dead, LinkExpired):
        return ("Asks for a new link", "amber") if Step.ASKED_AGAIN in steps else ("Link expired", "gray")
    return "Link ended", "gray"


def _event_row(event: LinkEvent, zone: tzinfo) -> EventRow:
    what = f"{event.step} {event.file.name}" if event.file else str(event.step)
    return EventRow(said(event.at, zone), what[0].upper() + what[1:], event.network)


def _file_counts(session: Session, link_ids: Collection[int]) -> dict[int, int]:
    counts = select(LinkFile.link_id, func.count()).where(col(LinkFile.link_id).in_(link_ids))
    return dict(session.exec(counts.group_by(col(LinkFile.link_id))).all())
