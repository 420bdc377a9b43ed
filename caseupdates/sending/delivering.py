"""Deliver a sending: the rows for each recipient, all in the transaction that sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from caseupdates import bell
from caseupdates.delivery.models import Message
from caseupdates.delivery.outbox import enqueue_all
from caseupdates.files.drafting import files_of
from caseupdates.files.models import File
from caseupdates.files.uploading import said
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.links.expiry import moment, usual
from caseupdates.links.making import Terms, make
from caseupdates.links.models import Link
from caseupdates.notifications.models import Notification
from caseupdates.notifications.notify import notify
from caseupdates.people.firm import firm, zone_of
from caseupdates.people.models import Firm, Kind, Person
from caseupdates.refusals import Invalid
from caseupdates.sending.attachments import Plan, plan
from caseupdates.sending.mail import case_updates
from caseupdates.sending.models import AttachedFile, Channel, Delivery, Sending
from caseupdates.sending.recipients import UNASSIGNED, Candidate
from caseupdates.sending.template.files import Files
from caseupdates.sending.template.versions import in_force
from caseupdates.settings import settings
from caseupdates.updates import markdown
from caseupdates.updates.models import Revision
from caseupdates.updates.writing import path_of

FAILED = "email template failed, so the standard one was used"


@dataclass(frozen=True)
class Handling:
    """How the update's files go: attached as far as mail takes them, or all behind links, and on which terms."""

    attach: bool = False
    expires_at: datetime | None = None  # None: when the case closes
    needs_verification: bool = False

    @classmethod
    def usual(cls, here: Firm) -> Handling:
        """What a sending begins with: the firm's defaults."""
        ends = moment(usual(here.links_expire), zone=zone_of(here))
        return cls(here.attach_files, ends, here.verify_identity)

    @property
    def terms(self) -> Terms:
        return Terms(self.expires_at, self.needs_verification)


def deliver(
    session: Session,
    sending: Sending,
    revision: Revision,
    recipients: list[Candidate],
    handling: Handling,
    *,
    by: Person,
) -> None:
    """Links for the files that do not go attached, a notification for everybody, a mail for those who want it."""
    found = files_of(session, revision)
    going = plan(found, attach=handling.attach, limit=settings().attachments)
    session.add_all(AttachedFile(sending_id=sending.id, file_id=each.id) for each in going.attached)
    links = _links(session, revision, recipients, going, handling, by=by)
    notices = _notices(session, sending, revision, found, [each.person for each in recipients], by=by)
    messages = _messages(session, sending, revision, recipients, going, links, by=by)
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
    if handling.expires_at is None and revision.update.case.closed_at:
        raise Invalid("This case is closed: links that end with it would be dead at once. Choose when they expire.")
    people = [(each.person, each.group != UNASSIGNED) for each in recipients]
    return make(session, revision, people, going.linked, handling.terms, by=by)


def _messages(
    session: Session, sending: Sending, revision: Revision, recipients: list[Candidate], going: Plan,
    links: dict[int, Link], *, by: Person,
) -> dict[int, Message]:  # fmt: skip
    here, people = firm(session), [each.person for each in recipients if each.channel is Channel.EMAIL]
    addressed = [(person, Files.of(going, links.get(person.id), zone_of(here))) for person in people]
    letters = case_updates(here, in_force(session), revision, addressed, sender=by, note=sending.note)
    if letters.failure:
        about = f"{revision.title} · {letters.failure}"
        record(session, Area.SETTINGS, FAILED, by=None, case_id=revision.update.case_id, about=about)
    topic = bell.case(revision.update.case_id)
    messages = enqueue_all(session, letters.mails, due_at=sending.undo_until, topic=topic)
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
