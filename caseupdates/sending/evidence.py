"""What became of what was sent: per update in numbers, per recipient step by step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlmodel import Session, col
from sqlmodel import select as find

from caseupdates import clock
from caseupdates.delivery.models import Message
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
    failed: int = 0  # mails bounced, refused or given up
    read: int = 0  # recipients who read the notification
    outdated: int = 0  # recipients who hold an older revision
    undoable: Sending | None = None


def summaries(session: Session, update_ids: Collection[int]) -> dict[int, Summary]:
    """The numbers of these updates, those never sent left out; three queries."""
    outdated, undoable = _outdated(session, update_ids), _undoable(session, update_ids)
    failed = (Message.bounced_at, Message.refused_at, Message.parked_at)
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
            sendings, recipients, waiting, failed, read, outdated.get(update_id, 0), undoable.get(update_id)
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
    deliveries = session.exec(mine.order_by(Delivery.group, Person.name)).all()
    return [(each, [one for one in deliveries if one.sending_id == each.id]) for each in sendings]


def _undoable(session: Session, update_ids: Collection[int]) -> dict[int, Sending]:
    fresh = find(Sending).where(
        col(Sending.update_id).in_(update_ids), col(Sending.undone_at).is_(None), Sending.undo_until > clock.now()
    )
    return {each.update_id: each for each in session.exec(fresh.order_by(col(Sending.number)))}


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
