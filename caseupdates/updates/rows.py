"""Updates as cards: what a page shows of each, for the person who looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from sqlmodel import Session, col

from caseupdates import clock
from caseupdates.cases.access import case_numbered
from caseupdates.files.access import files_by_revision
from caseupdates.files.models import File
from caseupdates.files.rows import FileRow, file_row
from caseupdates.interface.access import whole_number
from caseupdates.interface.show import Face, counted, face
from caseupdates.interface.when import said
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotFound
from caseupdates.sending import evidence
from caseupdates.sending.evidence import Summary
from caseupdates.updates import feed, markdown
from caseupdates.updates.models import Revision, Update
from caseupdates.updates.writing import may_edit, path_of


@dataclass
class Shown:
    """An update as a card shows it."""

    id: int = 0
    number: int = 0  # of its newest revision
    title: str = ""
    html: str = ""
    author: Face = field(default_factory=Face)
    when: str = ""
    edited: str = ""  # "edited by Manager G. today 09:10"
    access_group: str = ""
    path: str = ""
    reply_to: str = ""
    reply_path: str = ""
    files: list[FileRow] = field(default_factory=list)
    is_validated: bool = False
    validated: str = ""  # "Manager G. · yesterday 17:20", "No validation needed · today 09:12"
    sent: str = ""  # "Sent twice · 5 recipients"
    waiting: int = 0
    failed: int = 0
    read: int = 0
    opened: int = 0
    outdated: str = ""  # "2 recipients hold an older revision"
    undo_id: int = 0
    may_edit: bool = False
    may_validate: bool = False
    may_send: bool = False
    may_reply: bool = False
    may_see_recipients: bool = False


def shown(
    session: Session, number: str, own_page: str, limit: int, zone: tzinfo, *, by: Person
) -> tuple[list[Shown], float | None]:
    """The cards, and in how many seconds an "Undo" among them ends."""
    case = case_numbered(session, number, by=by)
    if own_page:
        revision = feed.update_shown(session, whole_number(own_page), by=by)
        revisions: Sequence[Revision] = [revision] if revision.update.case_id == case.id else []
        if not revisions:
            raise NotFound
    else:
        revisions = feed.feed(session, case, by=by, limit=limit)
    ids = [each.update_id for each in revisions]
    sent = evidence.summaries(session, ids) if by.is_employee else {}
    titles = _titles(session, revisions, by=by)
    files = files_by_revision(session, [each.id for each in revisions])
    cards = [
        _card(each, sent.get(each.update_id, Summary()), titles, files.get(each.id, []), zone, by=by)
        for each in revisions
    ]
    ends = [each.undoable.undo_until for each in sent.values() if each.undoable]
    return cards, max(0.0, (min(ends) - clock.now()).total_seconds()) + 0.05 if ends else None


def _titles(session: Session, revisions: Sequence[Revision], *, by: Person) -> dict[int, str]:
    """The titles of what these reply to, as far as this person may see it."""
    answered = {each.update.reply_to_id for each in revisions if each.update.reply_to_id}
    if not answered:
        return {}
    return {each.update_id: each.title for each in session.exec(feed.shown_to(by).where(col(Update.id).in_(answered)))}


def _card(
    revision: Revision, sent: Summary, titles: dict[int, str], files: list[File], zone: tzinfo, *, by: Person
) -> Shown:
    update, answered = revision.update, revision.update.reply_to_id or 0
    times = {1: "once", 2: "twice"}.get(sent.sendings, f"{sent.sendings} times")
    return Shown(
        id=revision.update_id, number=revision.number, title=revision.title, html=markdown.html(revision.body),
        author=face(update.author), when=said(update.created_at, zone),
        edited=f"edited by {revision.written_by.name} {said(revision.written_at, zone)}" if revision.number > 1 else "",
        access_group=revision.access_group.name if by.is_employee else "", path=path_of(update),
        reply_to=titles.get(answered, ""), reply_path=f"{update.case.path}/updates/{answered}",
        files=[file_row(each) for each in files], is_validated=revision.is_validated,
        validated=_validated(revision, zone) if revision.is_validated and by.is_employee else "",
        sent=f"Sent {times} · {counted(sent.recipients, 'recipient')}" if sent.sendings else "",
        waiting=sent.waiting, failed=sent.failed, read=sent.read, opened=sent.opened,
        outdated=f"{counted(sent.outdated, 'holds', 'hold')} an older revision" if sent.outdated else "",
        undo_id=sent.undoable.id if sent.undoable else 0,
        may_edit=may_edit(update, by), may_reply=by.may(Permission.CREATE_UPDATES), may_see_recipients=by.is_employee,
        may_validate=not revision.is_validated and by.may(Permission.VALIDATE_UPDATES),
        may_send=revision.is_validated and by.may(Permission.SEND_UPDATES),
    )  # fmt: skip


def _validated(revision: Revision, zone: tzinfo) -> str:
    """By whom and when; by nobody where the access group asked for none as it was saved."""
    who = revision.validated_by.name if revision.validated_by else "No validation needed"
    return f"{who} · {said(revision.validated_at, zone)}"
