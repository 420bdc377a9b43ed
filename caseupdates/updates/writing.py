"""Write an update, reply to one, revise one. What was written stays: every save is a revision of its own."""

from typing import NamedTuple

from sqlmodel import Session, col, select

from caseupdates import bell, clock
from caseupdates.cases.access import access_group_for, case_numbered, require
from caseupdates.cases.models import AccessGroup, Case
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.notifications.notify import notify
from caseupdates.people.models import Kind, Permission, Person
from caseupdates.refusals import Invalid, NotFound, NotPermitted, Refusal
from caseupdates.updates.feed import is_shown, update_shown
from caseupdates.updates.models import Revision, Update
from caseupdates.updates.validation import validators_of

TITLE_LENGTH = 200  # characters
BODY_LENGTH = 100_000  # characters, some thirty printed pages


class Text(NamedTuple):
    """What the editor's fields hold."""

    title: str
    body: str  # Markdown
    access_group_id: int


class Changed(Refusal):
    status = 409

    def __init__(self, newest: Revision) -> None:
        super().__init__(newest.id)
        self.newest = newest

    def __str__(self) -> str:
        return f"{self.newest.written_by.name} has changed this update in the meantime. Look at the new text first."


def write(session: Session, case_number: str, text: Text, *, by: Person, reply_to: int | None = None) -> Revision:
    """A new update on a case, or a reply to one; raise Invalid, NotFound or NotPermitted."""
    case = case_numbered(session, case_number, by=by)
    require(session, by, Permission.CREATE_UPDATES, case)
    answered = _answered(session, case, reply_to, by=by) if reply_to else None
    update = Update(
        case_id=case.id, author_id=by.id, reply_to_id=answered.id if answered else None, created_at=clock.now()
    )
    session.add(update)
    session.flush()
    revision = _revision(session, update, text, number=1, by=by)
    _tell(session, revision, "replied" if answered else "update written", by=by)
    if answered and answered.author_id != by.id and is_shown(session, update.id, to=answered.author):
        summary = f"{by.name} replied to your update on {case.number}."
        notify(session, [answered.author], Kind.REPLY, revision.title, summary, path=path_of(update), actor=by)
    return revision


def revise(session: Session, update_id: int, text: Text, *, seen: int, by: Person) -> Revision:
    """A new revision, to be validated again where its access group asks for it, whatever the one before was.

    Raise Changed when `seen` is no longer the newest revision's number.
    """
    # On PostgreSQL a second writer waits here for the first; SQLite has one writer anyway.
    session.exec(select(Update.id).where(Update.id == update_id).with_for_update())
    newest = update_shown(session, update_id, by=by)
    require_edit(session, newest, by=by)
    if newest.number != seen:
        raise Changed(newest)
    revision = _revision(session, newest.update, text, number=seen + 1, by=by)
    _tell(session, revision, "update edited", by=by)
    return revision


def require_edit(session: Session, newest: Revision, *, by: Person) -> None:
    """An update is edited by its author or by somebody who may validate; raise NotPermitted otherwise."""
    require(session, by, Permission.CREATE_UPDATES, newest.update.case)
    if not may_edit(newest.update, by):
        raise NotPermitted


def may_edit(update: Update, person: Person) -> bool:
    """Does this person write, and either wrote this or validates? The case is asked separately."""
    is_theirs = update.author_id == person.id or person.may(Permission.VALIDATE_UPDATES)
    return person.may(Permission.CREATE_UPDATES) and is_theirs


def path_of(update: Update) -> str:
    """The update's own page."""
    return f"{update.case.path}/updates/{update.id}"


def _answered(session: Session, case: Case, update_id: int, *, by: Person) -> Update:
    answered = update_shown(session, update_id, by=by).update
    if answered.case_id != case.id:
        raise NotFound
    return answered


def _revision(session: Session, update: Update, text: Text, *, number: int, by: Person) -> Revision:
    group, now = _checked(session, text, by=by), clock.now()
    case = session.exec(select(Case).where(col(Case.id) == update.case_id)).one()
    revision = Revision(
        update_id=update.id, number=number, title=text.title.strip(), body=text.body.strip(),
        access_group_id=group.id, written_by_id=by.id, written_at=now,
    )  # fmt: skip
    if not group.needs_validation:
        revision.validated_at = now  # by nobody: the group's rule did it
    session.add(revision)
    session.flush()
    session.refresh(revision)
    if group.moves_last_update:
        case.last_activity_at = now
    return revision


def _checked(session: Session, text: Text, *, by: Person) -> AccessGroup:
    if not text.title.strip():
        raise Invalid("Please give the update a title.")
    if len(text.title.strip()) > TITLE_LENGTH:
        raise Invalid(f"A title has at most {TITLE_LENGTH} characters. Move the rest into the body.")
    if not text.body.strip():
        raise Invalid("Please write something in the body.")
    if len(text.body) > BODY_LENGTH:
        raise Invalid(f"A body has at most {BODY_LENGTH:,} characters. Split it into two updates.")
    group = access_group_for(session, by, text.access_group_id)
    if group is None:
        raise Invalid("Please choose an access group.")
    return group


def _tell(session: Session, revision: Revision, what: str, *, by: Person) -> None:
    """Write down what was done, let open pages look again, and tell who must act on it, if anybody must."""
    case_id, group = revision.update.case_id, revision.access_group
    record(session, Area.UPDATES, what, by=by, case_id=case_id, about=revision.title)
    bell.ring(session, bell.case(case_id), bell.CASES)
    if revision.is_validated:
        about = f"{revision.title} · “{group.name}” needs no validation"
        record(session, Area.UPDATES, "validated as it was saved", by=None, case_id=case_id, about=about)
    else:
        _tell_validators(session, revision, by=by)


def _tell_validators(session: Session, revision: Revision, *, by: Person) -> None:
    update = revision.update
    told = [person for person in validators_of(session, revision) if person.id != by.id]
    summary = f"{by.name} wrote an update on {update.case.number}. It waits for validation."
    notify(session, told, Kind.WAITING_FOR_VALIDATION, revision.title, summary, path=path_of(update), actor=by)
