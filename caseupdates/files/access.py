"""Which files a person may have: those of updates they see, and, for employees, those filed on their cases."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from caseupdates.cases.access import case_numbered, cases_of
from caseupdates.cases.models import Case
from caseupdates.files.models import DraftFile, File, RevisionFile
from caseupdates.people.models import Person
from caseupdates.refusals import NotFound
from caseupdates.updates.feed import shown_to
from caseupdates.updates.models import Draft, Revision

PAGE = 50  # files of a case before "Show more"


def files_shown_to(person: Person) -> SelectOfScalar[File]:
    """Files of the revisions the person sees; for employees also what is filed on their cases."""
    revisions = shown_to(person).with_only_columns(col(Revision.id))
    with_updates = col(File.id).in_(select(RevisionFile.file_id).where(col(RevisionFile.revision_id).in_(revisions)))
    if not person.is_employee:
        return select(File).where(with_updates)
    cases = cases_of(person).with_only_columns(col(Case.id))
    filed = col(File.filed_at).is_not(None) & col(File.case_id).in_(cases)
    return select(File).where(or_(with_updates, filed))


def file_shown(session: Session, file_id: int, *, by: Person) -> File:
    """One file; also one that waits in the person's own draft. Raise NotFound alike for none and not theirs."""
    cases = cases_of(by).with_only_columns(col(Case.id))
    own_draft = select(DraftFile.file_id).join(Draft).where(Draft.person_id == by.id, col(Draft.case_id).in_(cases))
    shown = files_shown_to(by).with_only_columns(col(File.id))
    wanted = select(File).where(File.id == file_id, or_(col(File.id).in_(shown), col(File.id).in_(own_draft)))
    found = session.exec(wanted).first()
    if found is None:
        raise NotFound
    return found


def files_of_case(session: Session, case_number: str, *, by: Person, limit: int = PAGE) -> Sequence[File]:
    """The files of a case that this person may have, the newest first."""
    case = case_numbered(session, case_number, by=by)
    mine = files_shown_to(by).where(File.case_id == case.id)
    return session.exec(mine.order_by(col(File.id).desc()).limit(limit)).all()


def files_by_revision(session: Session, revision_ids: Collection[int]) -> dict[int, list[File]]:
    """The files of revisions somebody was shown, in their order; one query."""
    found = select(RevisionFile.revision_id, File).join(File).where(col(RevisionFile.revision_id).in_(revision_ids))
    files: dict[int, list[File]] = {}
    for revision_id, file in session.exec(found.order_by(col(RevisionFile.position))):
        files.setdefault(revision_id, []).append(file)
    return files
