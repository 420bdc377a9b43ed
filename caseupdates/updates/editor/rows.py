"""What the editor begins with, and what it says of the chosen access group."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, select

from caseupdates.cases.access import access_groups_of
from caseupdates.cases.models import AccessGroup
from caseupdates.files import drafting
from caseupdates.files.models import File
from caseupdates.interface.show import Choice
from caseupdates.people.models import Permission, Person
from caseupdates.updates import drafts, feed
from caseupdates.updates.models import Draft, Revision
from caseupdates.updates.writing import Text


class Start(NamedTuple):
    """What the editor begins with."""

    text: Text
    group: str  # what is chosen; nothing where the draft's group is not the person's any more
    groups: list[Choice]
    no_group: str
    draft: Draft | None
    files: Sequence[File]
    may_upload: bool


def start(session: Session, case_number: str, about: str, *, by: Person) -> Start:
    """What the fields begin with: the draft somebody left, else the update they edit or answer."""
    groups = access_groups_of(session, by)
    draft = drafts.kept(session, case_number, about, by=by)
    if draft:
        text = Text(draft.title, draft.body, draft.access_group_id or 0)
    else:
        text = drafts.starting_text(session, about, by=by)
    choices = [Choice(str(each.id), each.name) for each in groups]
    chosen = next((each.id for each in choices if each.id == str(text.access_group_id)), "")
    files = drafting.files_in_editor(session, case_number, about, by=by)
    no_group = "" if groups else _no_group(session)
    return Start(text, chosen, choices, no_group, draft, files, by.may(Permission.UPLOAD_FILES))


def _no_group(session: Session) -> str:
    if session.exec(select(AccessGroup.id).limit(1)).first() is None:
        return "No access group yet: an administrator makes one under Settings"
    return "No access group admits your role: an administrator changes that under Settings"


def without_validation(session: Session, group_id: int, *, by: Person) -> str:
    """The name of this group of theirs, if updates in it need no validation."""
    group = next((each for each in access_groups_of(session, by) if each.id == group_id), None)
    return group.name if group and not group.needs_validation else ""


def saved(revision: Revision) -> str:
    """What the page says once it is saved."""
    if not revision.is_validated:
        return "Saved. It waits for validation."
    return f"Saved. Updates in “{revision.access_group.name}” need no validation: it can be sent now."


def newest_number(session: Session, update_id: int, *, by: Person) -> int:
    return feed.update_shown(session, update_id, by=by).number
