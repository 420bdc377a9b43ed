"""Recall: when it is too late to undo, stop what waits and end the links at once, and say who had opened them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from caseupdates import bell, clock
from caseupdates.cases.access import require
from caseupdates.delivery import outbox
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.links import renewing
from caseupdates.links.evidence import first_openings
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotFound, Refusal
from caseupdates.sending.models import Delivery, Sending
from caseupdates.updates.feed import update_shown


class NothingToRecall(Refusal):
    status = 409

    def __str__(self) -> str:
        return "Every email of this sending has left, and it has no links: there is nothing to recall."


@dataclass(frozen=True)
class Recalled:
    """What a recall could still do."""

    sending: Sending
    stopped: int  # mails that had not left
    ended: int  # links
    opened: tuple[tuple[Person, datetime], ...]  # who had opened their link, and when first


def recall(session: Session, sending_id: int, *, by: Person) -> Recalled:
    """Stop mails that wait, end every link and every window open on one; raise NotFound, NotPermitted or NothingToRecall.

    Doing it twice changes nothing more. What somebody holds already, no program can take back.
    """
    sending = session.exec(select(Sending).where(Sending.id == sending_id).with_for_update(of=Sending)).first()
    if sending is None:
        raise NotFound
    case = update_shown(session, sending.update_id, by=by).update.case
    require(session, by, Permission.SEND_UPDATES, case)
    deliveries = session.exec(select(Delivery).where(Delivery.sending_id == sending.id)).all()
    stopped = outbox.cancel(session, [each.message_id for each in deliveries if each.message_id])
    links = {each.link_id: each.person for each in deliveries if each.link_id}
    renewing.end(session, links)
    if sending.recalled_at is None and sending.undone_at is None:
        if not (stopped or links):
            raise NothingToRecall
        sending.recalled_at = clock.now()
        session.add(sending)
        record(session, Area.SENDING, "sending recalled", by=by, case_id=case.id, about=sending.revision.title)
    bell.ring(session, bell.case(case.id), bell.CASES)
    opened = first_openings(session, links)
    return Recalled(
        sending, stopped, len(links), tuple((links[each], at) for each, at in sorted(opened.items(), key=_by_time))
    )


def _by_time(opening: tuple[int, datetime]) -> datetime:
    return opening[1]
