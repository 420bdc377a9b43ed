"""A person's own notifications: newest first, unread counted, marked read or unread."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select, update

from caseupdates import bell, clock
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Person
from caseupdates.refusals import NotFound

PAGE = 30  # rows before "Show older"


def newest(session: Session, *, by: Person, unread_only: bool = False, limit: int = PAGE) -> Sequence[Notification]:
    mine = select(Notification).where(Notification.person_id == by.id, col(Notification.withdrawn_at).is_(None))
    if unread_only:
        mine = mine.where(col(Notification.read_at).is_(None))
    return session.exec(mine.order_by(col(Notification.id).desc()).limit(limit)).all()


def unread(session: Session, *, by: Person) -> int:
    """How many the person has not read."""
    mine = select(func.count()).where(
        Notification.person_id == by.id, col(Notification.withdrawn_at).is_(None), col(Notification.read_at).is_(None)
    )
    return session.exec(mine).one()


def mark(session: Session, notification_id: int, *, read: bool, by: Person) -> Notification:
    """Mark one's own notification read or unread; raise NotFound for anybody else's."""
    mine = select(Notification).where(Notification.person_id == by.id, col(Notification.withdrawn_at).is_(None))
    found = session.exec(mine.where(Notification.id == notification_id)).first()
    if found is None:
        raise NotFound
    found.read_at = (found.read_at or clock.now()) if read else None
    session.add(found)
    bell.ring(session, bell.person(by.id), *filter(None, [found.topic]))
    return found


def mark_all_read(session: Session, *, by: Person) -> None:
    marked = session.exec(
        update(Notification)
        .where(
            col(Notification.person_id) == by.id,
            col(Notification.withdrawn_at).is_(None),
            col(Notification.read_at).is_(None),
        )
        .values(read_at=clock.now())
        .returning(col(Notification.topic))
    )
    bell.ring(session, bell.person(by.id), *filter(None, marked.scalars()))
