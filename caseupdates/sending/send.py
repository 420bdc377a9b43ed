"""Send an update: one transaction writes everything; mail leaves the outbox afterwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from sqlmodel import Session, col, func, select

from caseupdates import bell, clock
from caseupdates.cases.access import require
from caseupdates.delivery.models import Message
from caseupdates.delivery.outbox import enqueue_all
from caseupdates.files.drafting import files_of
from caseupdates.files.models import File
from caseupdates.files.uploading import said
from caseupdates.history.record import record
from caseupdates.links.expiry import DEFAULT, LIVES
from caseupdates.links.making import Terms, make
from caseupdates.links.models import Link
from caseupdates.notifications.models import Notification
from caseupdates.notifications.notify import notify
from caseupdates.people.firm import firm
from caseupdates.people.models import Kind, Permission, Person
from caseupdates.refusals import Invalid, Refusal
from caseupdates.sending import mail
from caseupdates.sending.attachments import Plan, plan
from caseupdates.sending.models import AttachedFile, Channel, Delivery, Sending
from caseupdates.sending.recipients import UNASSIGNED, Candidate, blocks, candidates_by_person
from caseupdates.settings import settings
from caseupdates.updates import markdown
from caseupdates.updates.feed import update_shown
from caseupdates.updates.models import Revision, Update
from caseupdates.updates.validation import NotTheNewest
from caseupdates.updates.writing import path_of

NOTE_LENGTH = 5_000  # characters


@dataclass(frozen=True)
class Handling:
    """How the update's files go: attached as far as mail takes them, or all behind links, and on which terms."""

    attach: bool = False
    expires_at: datetime | None = None  # None: when the case closes
    needs_verification: bool = False
    zone: tzinfo = UTC  # the sender's: in it the last day is said

    @property
    def terms(self) -> Terms:
        return Terms(self.expires_at, self.needs_verification)


class NotValidated(Refusal):
    status = 409

    def __str__(self) -> str:
        return "This update is not validated yet, so it cannot be sent."


class NotARecipient(Refusal):
    status = 422

    def __init__(self, candidate: Candidate | None) -> None:
        super().__init__()
        self.candidate = candidate

    def __str__(self) -> str:
        if self.candidate is None:
            return "Somebody you chose can no longer receive updates of this case. Look through the recipients again."
        return f"{self.candidate.person.name} cannot receive this update: {self.candidate.reason}."


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
    seen: int, already: int, note: str = "", files: Handling | None = None, by: Person, undo: timedelta,
) -> Sending:  # fmt: skip
    """Send the revision numbered `seen`, with its files, to the chosen people's ids; nothing is mailed until `undo`
    has passed.

    `already` is how many sendings the sender knew of: a second click returns the first click's sending, and of
    two people pressing at once the later gets SentMeanwhile. Also raises NotValidated, NotTheNewest,
    NotARecipient, Invalid, NotPermitted, NotFound.
    """
    revision = _sendable(session, update_id, seen=seen, by=by)
    handling = files or Handling(expires_at=clock.now() + timedelta(days=LIVES[DEFAULT]))
    if before := _latest(session, update_id, after=already):
        if _is_the_same_click(session, before, chosen, note=note, handling=handling, by=by):
            return before
        raise SentMeanwhile(before)
    recipients, now = _recipients(session, revision, chosen, note=note), clock.now()
    sending = Sending(
        update_id=update_id, number=already + 1, revision_id=revision.id, sender_id=by.id, note=note.strip(),
        sent_at=now, undo_until=now + undo,
    )  # fmt: skip
    session.add(sending)
    session.flush()
    _deliver(session, sending, revision, recipients, handling, by=by)
    case, count = revision.update.case, len(recipients)
    about = f"{revision.title} · {count} recipient{'s' if count > 1 else ''}"
    record(session, "update sent", by=by, case_id=case.id, about=about)
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


def _recipients(session: Session, revision: Revision, chosen: Collection[int], *, note: str) -> list[Candidate]:
    if not chosen:
        raise Invalid("Choose at least one recipient.")
    if len(note) > NOTE_LENGTH:
        raise Invalid(f"A note has at most {NOTE_LENGTH:,} characters. Put the rest into the update.")
    offered = candidates_by_person(blocks(session, revision))
    recipients = []
    for person_id in sorted(set(chosen)):
        candidate = offered.get(person_id)
        if candidate is None or not candidate.can_be_chosen:
            raise NotARecipient(candidate)
        recipients.append(candidate)
    return recipients


def _deliver(
    session: Session,
    sending: Sending,
    revision: Revision,
    recipients: list[Candidate],
    handling: Handling,
    *,
    by: Person,
) -> None:
    found = files_of(session, revision)
    going = plan(found, attach=handling.attach, limit=settings().attachments)
    session.add_all(AttachedFile(sending_id=sending.id, file_id=each.id) for each in going.attached)
    links = _links(session, revision, recipients, going, handling, by=by)
    notices = _notices(session, sending, revision, found, [each.person for each in recipients], by=by)
    messages = _messages(session, sending, revision, recipients, going, links, handling, by=by)
    for recipient, notice in zip(recipients, notices, strict=True):
        link = links.get(recipient.person.id)
        session.add(
            Delivery(
                sending_id=sending.id, person_id=recipient.person.id, group=recipient.group, channel=recipient.channel,
                reason=recipient.reason, message=messages.get(recipient.person.id), notification_id=notice.id,
                link_id=link.id if link else None,
            )
        )  # fmt: skip
    session.flush()


def _links(
    session: Session, revision: Revision, recipients: list[Candidate], going: Plan, handling: Handling, *, by: Person
) -> dict[int, Link]:
    if not going.linked:
        return {}
    people = [(each.person, each.group != UNASSIGNED) for each in recipients]
    return make(session, revision, people, going.linked, handling.terms, by=by)


def _messages(
    session: Session, sending: Sending, revision: Revision, recipients: list[Candidate], going: Plan,
    links: dict[int, Link], handling: Handling, *, by: Person,
) -> dict[int, Message]:  # fmt: skip
    here, people = firm(session), [each.person for each in recipients if each.channel is Channel.EMAIL]
    letters = [
        mail.case_update(
            here, revision, to=person, sender=by, note=sending.note,
            files=mail.Files.of(going, links.get(person.id), handling.zone),
        )
        for person in people
    ]  # fmt: skip
    topic = bell.case(revision.update.case_id)
    messages = enqueue_all(session, letters, due_at=sending.undo_until, topic=topic)
    return {person.id: message for person, message in zip(people, messages, strict=True)}


def _notices(
    session: Session, sending: Sending, revision: Revision, files: Sequence[File], people: list[Person], *, by: Person
) -> list[Notification]:
    summary = f"{by.name} sent you an update on {revision.update.case.number}."
    body = f"{markdown.plain(sending.note)}\n\n---\n\n{revision.body}" if sending.note else revision.body
    if files:
        body += "\n\n" + "\n".join(f"- {markdown.plain(each.name)}, {said(each.size)}" for each in files)
    path = path_of(revision.update)
    return notify(
        session, people, Kind.CASE_UPDATE, revision.title, summary, path=path, body=body, actor=by,
        topic=bell.case(revision.update.case_id), by_mail=False,
    )  # fmt: skip
