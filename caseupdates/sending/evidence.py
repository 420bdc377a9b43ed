"""What became of what was sent: per update in numbers, per recipient step by step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col
from sqlmodel import select as find

from caseupdates import clock
from caseupdates.delivery.models import Message
from caseupdates.links.evidence import is_opening
from caseupdates.links.models import Link, LinkEvent
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Person
from caseupdates.refusals import NotFound
from caseupdates.sending.models import Delivery, Sending
from caseupdates.updates.feed import update_shown
from caseupdates.updates.models import Revision


@dataclass(frozen=True)
class Summary:
    """An update's sendings in numbers; those undone do not count."""

    sendings: int = 0
    recipients: int = 0
    waiting: int = 0  # mails not yet with the provider
    failed: int = 0  # mails bounced, not sent by the provider, refused or given up; one marked as spam had arrived
    read: int = 0  # recipients who read the notification
    opened: int = 0  # recipients who opened their link
    outdated: int = 0  # recipients who hold an older revision
    undoable: Sending | None = None


def summaries(session: Session, update_ids: Collection[int]) -> dict[int, Summary]:
    """The numbers of these updates, those never sent left out; four queries."""
    outdated, undoable = _outdated(session, update_ids), _undoable(session, update_ids)
    opened = _opened(session, update_ids)
    failed = (
        Message.bounced_at, Message.failed_at, Message.suppressed_at, Message.refused_at, Message.parked_at,
    )  # fmt: skip
    counts = session.execute(
        select(
            col(Sending.update_id),
            func.count(col(Sending.id).distinct()),
            func.count(col(Delivery.person_id).distinct()),
            func.count(col(Message.due_at)),
            func.sum(case((func.coalesce(*failed).is_not(None), 1), else_=0)),
            func.count(case((col(Notification.read_at).is_not(None), col(Delivery.person_id))).distinct()),
        )
        .select_from(Delivery).join(Sending).join(Notification).outerjoin(Message)
        .where(col(Sending.update_id).in_(update_ids), col(Sending.undone_at).is_(None))
        .group_by(col(Sending.update_id))
    )  # fmt: skip
    return {
        update_id: Summary(
            sendings,
            recipients,
            waiting,
            failed,
            read,
            opened.get(update_id, 0),
            outdated.get(update_id, 0),
            undoable.get(update_id),
        )
        for update_id, sendings, recipients, waiting, failed, read in counts
    }


def sendings_of(session: Session, update_id: int, *, by: Person) -> Sequence[tuple[Sending, Sequence[Delivery]]]:
    """Every sending of an update, newest first, with its recipients by group and name. Employees only."""
    update_shown(session, update_id, by=by)
    if not by.is_employee:
        raise NotFound
    sendings = session.exec(
        find(Sending).where(Sending.update_id == update_id).order_by(col(Sending.number).desc())
    ).all()
    mine = find(Delivery).join(Person).where(col(Delivery.sending_id).in_([each.id for each in sendings]))
    with_links = mine.options(selectinload(Delivery.link))  # type: ignore[arg-type]
    deliveries = session.exec(with_links.order_by(Delivery.group, Person.name)).all()
    return [(each, [one for one in deliveries if one.sending_id == each.id]) for each in sendings]


def links_of(session: Session, sending_id: int, *, by: Person) -> list[int]:
    """The ids of a sending's links; raise NotFound for one of an update the person does not see."""
    sending = session.get(Sending, sending_id)
    if sending is None:
        raise NotFound
    update_shown(session, sending.update_id, by=by)
    mine = find(Delivery.link_id).where(Delivery.sending_id == sending_id, col(Delivery.link_id).is_not(None))
    return [each for each in session.exec(mine) if each]


def _undoable(session: Session, update_ids: Collection[int]) -> dict[int, Sending]:
    fresh = find(Sending).where(
        col(Sending.update_id).in_(update_ids), col(Sending.undone_at).is_(None), Sending.undo_until > clock.now()
    )
    return {each.update_id: each for each in session.exec(fresh.order_by(col(Sending.number)))}


def _opened(session: Session, update_ids: Collection[int]) -> dict[int, int]:
    counts = (
        select(col(Sending.update_id), func.count(col(Delivery.person_id).distinct()))
        .select_from(Delivery).join(Sending).join(Link, col(Link.id) == Delivery.link_id)
        .join(LinkEvent, col(LinkEvent.link_id) == Link.id)
        .where(col(Sending.update_id).in_(update_ids), col(Sending.undone_at).is_(None), is_opening())
        .group_by(col(Sending.update_id))
    )  # fmt: skip
    return dict(session.execute(counts).all())


def _outdated(session: Session, update_ids: Collection[int]) -> dict[int, int]:
    held = (
        select(col(Sending.update_id), col(Delivery.person_id), func.max(col(Revision.number)).label("number"))
        .select_from(Delivery).join(Sending).join(Revision)
        .where(col(Sending.update_id).in_(update_ids), col(Sending.undone_at).is_(None))
        .group_by(col(Sending.update_id), col(Delivery.person_id))
    ).subquery()  # fmt: skip
    newest = (
        select(col(Revision.update_id), func.max(col(Revision.number)).label("number"))
        .where(col(Revision.update_id).in_(update_ids)).group_by(col(Revision.update_id))
    ).subquery()  # fmt: skip
    behind = (
        select(held.c.update_id, func.count())
        .join(newest, newest.c.update_id == held.c.update_id)
        .where(held.c.number < newest.c.number).group_by(held.c.update_id)
    )  # fmt: skip
    return dict(session.execute(behind).all())
