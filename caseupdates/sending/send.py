"""Send an update: one transaction writes everything; mail leaves the outbox afterwards."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlmodel import Session, col, func, select

from caseupdates import bell, clock
from caseupdates.cases.access import require
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.firm import firm
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import Invalid, Refusal
from caseupdates.sending.delivering import Handling, deliver
from caseupdates.sending.models import Delivery, Sending
from caseupdates.sending.recipients import Candidate, blocks, chosen_among
from caseupdates.sending.resolving import must_still_mean
from caseupdates.updates.feed import update_shown
from caseupdates.updates.models import Revision, Update
from caseupdates.updates.validation import NotTheNewest

NOTE_LENGTH = 5_000  # characters


class NotValidated(Refusal):
    status = 409

    def __str__(self) -> str:
        return "This update is not validated yet, so it cannot be sent."


class SentMeanwhile(Refusal):
    status = 409

    def __init__(self, sending: Sending) -> None:
        super().__init__(sending.id)
        self.sending = sending

    def __str__(self) -> str:
        if self.sending.undone_at:
            return "This update was sent and undone in the meantime. Close this and open it again to send it."
        return (
            f"{self.sending.sender.name} has just sent this update. Nothing was sent a second time: "
            "see Show Recipients, then send again if somebody is missing."
        )


def send(
    session: Session, update_id: int, chosen: Collection[int], *,
    seen: int, already: int, groups: Mapping[int, Collection[int]] | None = None,
    note: str = "", files: Handling | None = None, by: Person, undo: timedelta,
) -> Sending:  # fmt: skip
    """Send the revision numbered `seen`, with its files, to the chosen people's ids; nothing is mailed until `undo`
    has passed.

    `already` is how many sendings the sender knew of: a second click returns the first click's sending, and of
    two people pressing at once the later gets SentMeanwhile. `groups` are the distribution groups that are ticked, and
    whom the sender saw each mean: GroupChanged when one means other people by now. Without `files` they go as the firm
    usually sends them. Also raises NotValidated, NotTheNewest, NotARecipient, Invalid, NotPermitted, NotFound.
    """
    revision = _sendable(session, update_id, seen=seen, by=by)
    handling = files or Handling.usual(firm(session))
    if before := _latest(session, update_id, after=already):
        if _is_the_same_click(session, before, chosen, note=note, handling=handling, by=by):
            return before
        raise SentMeanwhile(before)
    recipients, now = _recipients(session, revision, chosen, groups or {}, note=note), clock.now()
    sending = Sending(
        update_id=update_id, number=already + 1, revision_id=revision.id, sender_id=by.id, note=note.strip(),
        sent_at=now, undo_until=now + undo,
    )  # fmt: skip
    session.add(sending)
    session.flush()
    deliver(session, sending, revision, recipients, handling, by=by)
    case, count = revision.update.case, len(recipients)
    about = f"{revision.title} · {count} recipient{'s' if count > 1 else ''}"
    record(session, Area.SENDING, "update sent", by=by, case_id=case.id, about=about)
    if revision.access_group.moves_last_update:
        case.last_activity_at = now
    bell.ring(session, bell.case(case.id), bell.CASES)
    return sending


def sendings_so_far(session: Session, update_id: int) -> int:
    """How often the update has been sent, undone ones included: the `already` of the next sending."""
    return session.exec(select(func.count()).where(Sending.update_id == update_id)).one()


def _sendable(session: Session, update_id: int, *, seen: int, by: Person) -> Revision:
    revision = update_shown(session, update_id, by=by)
    require(session, by, Permission.SEND_UPDATES, revision.update.case)
    # On PostgreSQL a second sender waits here for the first; SQLite has one writer anyway.
    session.exec(select(Update.id).where(Update.id == update_id).with_for_update()).one()
    if not revision.is_validated:
        raise NotValidated
    if revision.number != seen:
        raise NotTheNewest
    return revision


def _latest(session: Session, update_id: int, *, after: int) -> Sending | None:
    newer = select(Sending).where(Sending.update_id == update_id, Sending.number > after)
    return session.exec(newer.order_by(col(Sending.number).desc())).first()


def _is_the_same_click(
    session: Session, sending: Sending, chosen: Collection[int], *, note: str, handling: Handling, by: Person
) -> bool:
    deliveries = session.exec(select(Delivery).where(Delivery.sending_id == sending.id)).all()
    same_words = sending.sender_id == by.id and sending.note == note.strip()
    guarded = {each.link.needs_verification for each in deliveries if each.link}
    same_terms = guarded <= {handling.needs_verification}
    same_people = {each.person_id for each in deliveries} == set(chosen)
    return same_words and same_terms and same_people and sending.undone_at is None


def _recipients(
    session: Session, revision: Revision, chosen: Collection[int], groups: Mapping[int, Collection[int]], *, note: str
) -> list[Candidate]:
    if not chosen:
        raise Invalid("Choose at least one recipient.")
    if len(note) > NOTE_LENGTH:
        raise Invalid(f"A note has at most {NOTE_LENGTH:,} characters. Put the rest into the update.")
    offered = blocks(session, revision)
    must_still_mean(session, groups, offered)
    return chosen_among(offered, chosen)
