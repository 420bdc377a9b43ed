"""Files in the editor: they wait in the person's draft until the update is saved, and go with its revision then."""

import re
from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from caseupdates.cases.access import case_numbered
from caseupdates.files.models import DraftFile, File, RevisionFile
from caseupdates.people.models import Person
from caseupdates.refusals import Invalid, NotFound
from caseupdates.settings import settings
from caseupdates.updates import drafts, feed
from caseupdates.updates.models import Draft, Revision
from caseupdates.updates.writing import Text, revise, write

ABOUT = re.compile(r"new|reply:[0-9]{1,9}|edit:(?P<edited>[0-9]{1,9}):[0-9]{1,9}")


def files_in_editor(session: Session, case_number: str, about: str, *, by: Person) -> Sequence[File]:
    """What the editor shows: the draft's files, or those of the revision that is edited before anything was typed."""
    if draft := drafts.kept(session, case_number, about, by=by):
        return of_draft(session, draft)
    edited = _edited(session, case_number, about, by=by)
    return files_of(session, edited) if edited else []


def begin_draft(session: Session, case_number: str, about: str, *, by: Person) -> Draft:
    """The person's draft; a new one of an edit begins with the text and files that the revision has."""
    # On PostgreSQL a second upload of the same person waits here for the first; SQLite has one writer anyway.
    session.exec(select(Person.id).where(Person.id == by.id).with_for_update(key_share=True)).one()
    if draft := drafts.kept(session, case_number, about, by=by):
        return draft
    files, text = files_in_editor(session, case_number, about, by=by), drafts.starting_text(session, about, by=by)
    draft = drafts.keep(session, case_number, about, text, by=by)
    session.flush()
    _put(session, draft, files)
    return draft


def keep(session: Session, case_number: str, about: str, text: Text, *, by: Person) -> Draft:
    """Remember what is being typed, beside the files."""
    begin_draft(session, case_number, about, by=by)
    return drafts.keep(session, case_number, about, text, by=by)


def save(session: Session, case_number: str, about: str, text: Text, *, by: Person) -> Revision:
    """Save what is in the editor with its files: a new update, a reply or a revision; the draft is gone then."""
    files, (kind, _, rest) = files_in_editor(session, case_number, about, by=by), about.partition(":")
    if kind == "edit":
        update_id, seen = (int(each) for each in rest.split(":"))
        revision = revise(session, update_id, text, seen=seen, by=by)
    else:
        revision = write(session, case_number, text, by=by, reply_to=int(rest) if kind == "reply" else None)
    attach(session, revision, files)
    drafts.discard(session, case_number, about, by=by)
    return revision


def room_in_draft(session: Session, case_number: str, about: str, *, by: Person) -> None:
    """Raise Invalid when the draft has as many files as an update may have."""
    if len(files_in_editor(session, case_number, about, by=by)) >= settings().files_per_update:
        raise Invalid(f"An update has at most {settings().files_per_update} files. Write a second update for the rest.")


def keep_in_draft(session: Session, case_number: str, about: str, file: File, *, by: Person) -> None:
    """Put an uploaded file last into the person's draft; raise Invalid where it is full."""
    case_numbered(session, case_number, by=by)
    draft = begin_draft(session, case_number, about, by=by)
    room_in_draft(session, case_number, about, by=by)
    after = session.exec(select(func.max(DraftFile.position)).where(DraftFile.draft_id == draft.id)).one()
    session.add(DraftFile(draft_id=draft.id, file_id=file.id, position=0 if after is None else after + 1))
    session.flush()


def take_out(session: Session, case_number: str, about: str, file_id: int, *, by: Person) -> None:
    """Leave a file out of the draft; its content stays in the store."""
    draft = begin_draft(session, case_number, about, by=by)
    found = session.get(DraftFile, (draft.id, file_id))
    if found is None:
        raise NotFound
    session.delete(found)
    session.flush()


def of_draft(session: Session, draft: Draft) -> Sequence[File]:
    chosen = select(File).join(DraftFile).where(DraftFile.draft_id == draft.id).order_by(col(DraftFile.position))
    return session.exec(chosen).all()


def files_of(session: Session, revision: Revision) -> Sequence[File]:
    """The files that go with a revision, in their order. The caller has looked the revision up for a person."""
    mine = select(File).join(RevisionFile).where(RevisionFile.revision_id == revision.id)
    return session.exec(mine.order_by(col(RevisionFile.position))).all()


def attach(session: Session, revision: Revision, files: Sequence[File]) -> None:
    """Give a revision its files, once, in the transaction that writes it."""
    session.add_all(
        RevisionFile(revision_id=revision.id, file_id=file.id, position=position) for position, file in enumerate(files)
    )
    session.flush()


def _edited(session: Session, case_number: str, about: str, *, by: Person) -> Revision | None:
    """The revision that is edited, if one is; raise NotFound for what no editor asks, or another case's update."""
    told = ABOUT.fullmatch(about)
    if told is None:
        raise NotFound
    if told["edited"] is None:
        return None
    revision = feed.update_shown(session, int(told["edited"]), by=by)
    if revision.update.case.number != case_number:
        raise NotFound
    return revision


def _put(session: Session, draft: Draft, files: Sequence[File]) -> None:
    session.add_all(DraftFile(draft_id=draft.id, file_id=file.id, position=number) for number, file in enumerate(files))
    session.flush()
