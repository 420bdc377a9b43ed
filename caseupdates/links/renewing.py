"""After a link was sent: ask for a new one, renew it under the same address, revoke it."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select, update

from caseupdates import bell, clock, limits
from caseupdates.cases.access import require
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.links import evidence
from caseupdates.links.access import LinkExpired, all_refused, link_of, refused
from caseupdates.links.models import Link, Step, Visit
from caseupdates.links.visitors import Visitor
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotFound, Refusal
from caseupdates.updates.feed import update_shown

ASK_AGAIN = limits.Door("ask for a new link", tries=1, per=limits.HOUR)


class CannotRenew(Refusal):
    status = 409

    def __str__(self) -> str:
        return "Only a link that runs or has expired can be renewed. Send the update again for a new one."


def ask_again(session: Session, token: str, visitor: Visitor) -> Link:
    """Note that somebody wants an expired link renewed; raise NotFound for any other, TooMany within the hour."""
    link = link_of(session, token)
    if not isinstance(refused(session, link), LinkExpired):
        raise NotFound
    limits.pass_through(session, ASK_AGAIN, token)
    evidence.note(session, link, Step.ASKED_AGAIN, visitor)
    return link


def renew(session: Session, link_ids: Collection[int], until: datetime | None, *, by: Person) -> None:
    """Let links of one update run until then, under the same addresses: those that run or have expired.

    Raise CannotRenew when that is none of them, NotPermitted, NotFound.
    """
    links = _of_one_update(session, link_ids, by=by)
    dead = all_refused(session, links)
    links = [each for each in links if isinstance(dead.get(each.id), LinkExpired | None)]
    if not links:
        raise CannotRenew
    ids = [each.id for each in links]
    session.exec(update(Link).where(col(Link.id).in_(ids)).values(expires_at=until))
    bell.ring(session, *map(bell.link, ids))
    _tell(session, links, "link renewed", by=by)


def revoke(session: Session, link_ids: Collection[int], *, by: Person) -> None:
    """End these links of one update at once, with every window open on them; raise NotPermitted, NotFound."""
    links = _of_one_update(session, link_ids, by=by)
    end(session, [each.id for each in links])
    _tell(session, links, "link revoked", by=by)


def end(session: Session, link_ids: Collection[int]) -> None:
    """Revoke links and end their visits; the caller has asked who may."""
    now = clock.now()
    live = col(Link.id).in_(link_ids) & col(Link.revoked_at).is_(None)
    session.exec(update(Link).where(live).values(revoked_at=now))
    bell.ring(session, *map(bell.link, link_ids))
    session.exec(
        update(Visit).where(col(Visit.link_id).in_(link_ids), col(Visit.ended_at).is_(None)).values(ended_at=now)
    )


def _of_one_update(session: Session, link_ids: Collection[int], *, by: Person) -> list[Link]:
    links = list(session.exec(select(Link).where(col(Link.id).in_(link_ids))))
    if not links or len({each.revision.update_id for each in links}) > 1:
        raise NotFound
    case = update_shown(session, links[0].revision.update_id, by=by).update.case
    require(session, by, Permission.SEND_UPDATES, case)
    return links


def _tell(session: Session, links: list[Link], what: str, *, by: Person) -> None:
    case_id, title = links[0].revision.update.case_id, links[0].revision.title
    names = ", ".join(each.person.name for each in links[:3]) + (
        f" and {len(links) - 3} more" if len(links) > 3 else ""
    )
    record(session, Area.SENDING, what, by=by, case_id=case_id, about=f"{title} · {names}")
    bell.ring(session, bell.case(case_id))
