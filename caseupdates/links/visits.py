"""Visits: files are open for as long as a window on the link is open.

An open page renews the visit's lease over its socket. When the last page is gone nothing renews it, and the lease
runs out: for good, whatever cookies a restored browser brings. The times keep PRODUCT 5.5: a connection lost for
30 s is forgiven, and 60 s after the last window closed nothing is open, also where the network only went silent
(the server notices that within 15 s, rxconfig.py).
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from caseupdates import clock, tokens
from caseupdates.links.models import Link, Visit
from caseupdates.links.visitors import Visitor
from caseupdates.refusals import NotPermitted

RENEWED_EVERY = timedelta(seconds=8)
LEASE = timedelta(seconds=42)  # from the last renewal of a server that died
GRACE = timedelta(seconds=38)  # after a window closed or its connection broke: 30 s, and the time to come back
LONGEST = timedelta(hours=8)  # OWASP ASVS 5.0, 7.3.2: an absolute limit
NOBODY = tokens.digest("")  # all browsers without cookies: a visit of one would be everybody's


def begin(session: Session, link: Link, visitor: Visitor) -> Visit:
    """A new visit of this browser; the page that asked for it must renew it from now on.

    Raise NotPermitted for a browser without a cookie, which could not be told from another.
    """
    if visitor.cookie_hash == NOBODY:
        raise NotPermitted
    now = clock.now()
    visit = Visit(
        link_id=link.id, visitor_hash=visitor.cookie_hash, begun_at=now, leased_until=now + LEASE, ends_at=now + LONGEST
    )
    session.add(visit)
    session.flush()
    return visit


def of_browser(session: Session, link: Link, visitor: Visitor) -> Visit | None:
    """The visit that this browser has open on the link, if any."""
    mine = select(Visit).where(Visit.link_id == link.id, Visit.visitor_hash == visitor.cookie_hash, is_live())
    return session.exec(mine.order_by(col(Visit.id).desc())).first()


def is_live(at: Any = None) -> ColumnElement[bool]:
    """The condition on Visit: its lease runs, its 8 hours are not over, nobody left and locked; now, or `at` a parameter."""
    now = clock.now() if at is None else at
    return (col(Visit.leased_until) > now) & (col(Visit.ends_at) > now) & col(Visit.ended_at).is_(None)


def renew(session: Session, visit_id: int) -> bool:
    """An open page says so; False when the visit is over: a lease that ran out is never revived."""
    live = update(Visit).where(col(Visit.id) == visit_id, is_live()).values(leased_until=clock.now() + LEASE)
    return session.exec(live).rowcount == 1


def window_closed(session: Session, visit_id: int) -> None:
    """A page is gone; unless another one renews it, the visit ends after GRACE."""
    soon = clock.now() + GRACE
    sooner = update(Visit).where(col(Visit.id) == visit_id, col(Visit.leased_until) > soon)
    session.exec(sooner.values(leased_until=soon))


def leave(session: Session, link: Link, visitor: Visitor) -> None:
    """ "Leave and lock": every visit of this browser on the link ends now."""
    mine = update(Visit).where(
        col(Visit.link_id) == link.id, col(Visit.visitor_hash) == visitor.cookie_hash, col(Visit.ended_at).is_(None)
    )
    session.exec(mine.values(ended_at=clock.now()))
