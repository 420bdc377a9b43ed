"""Tell people: always inside the product, by email too where they want it."""

from collections.abc import Sequence

from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.delivery.outbox import enqueue_all
from caseupdates.notifications import mail
from caseupdates.notifications.models import Notification
from caseupdates.people.firm import firm
from caseupdates.people.models import Kind, Person
from caseupdates.people.preferences import without_email


def notify(
    session: Session,
    people: Sequence[Person],
    kind: Kind,
    title: str,
    summary: str,
    *,
    path: str = "",
    body: str = "",
    topic: str = "",
    actor: Person | None = None,
    by_mail: bool = True,
) -> list[Notification]:
    """One notification each, and one mail to those who want it for this kind; returned in the order of people."""
    notifications = [
        Notification(
            person_id=person.id, kind=kind, title=title, summary=summary, path=path, body=body, topic=topic,
            actor_id=actor.id if actor else None, created_at=clock.now(),
        )
        for person in people
    ]  # fmt: skip
    session.add_all(notifications)
    session.flush()
    bell.ring(session, *(bell.person(person.id) for person in people))
    if by_mail:
        _mail(session, people, kind, title, summary, path)
    return notifications


def _mail(session: Session, people: Sequence[Person], kind: Kind, title: str, summary: str, path: str) -> None:
    here, silent = firm(session), without_email(session, [person.id for person in people], kind)
    open_to_mail = [person for person in people if person.is_active and not person.bounced_at]
    reached = [person.email for person in open_to_mail if person.email and person.id not in silent]
    enqueue_all(
        session, [mail.notice(here, to=address, title=title, summary=summary, path=path) for address in reached]
    )
