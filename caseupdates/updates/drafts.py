"""Drafts: what somebody was typing, kept until they save it or throw it away."""

from sqlmodel import Session, select

from caseupdates import clock
from caseupdates.cases.access import access_groups_of, case_numbered
from caseupdates.people.models import Person
from caseupdates.updates import feed
from caseupdates.updates.models import Draft
from caseupdates.updates.writing import BODY_LENGTH, TITLE_LENGTH, Text, require_edit


def keep(session: Session, case_number: str, about: str, text: Text, *, by: Person) -> Draft:
    """Remember what is being typed; `about` is "new", "reply:<update id>" or "edit:<update id>"."""
    draft = kept(session, case_number, about, by=by) or Draft(
        person_id=by.id, case_id=case_numbered(session, case_number, by=by).id, about=about[:40], title="", body="",
        saved_at=clock.now(),
    )  # fmt: skip
    draft.title, draft.body = text.title[:TITLE_LENGTH], text.body[:BODY_LENGTH]
    own = {group.id for group in access_groups_of(session, by)}
    draft.access_group_id, draft.saved_at = text.access_group_id if text.access_group_id in own else None, clock.now()
    session.add(draft)
    return draft


def kept(session: Session, case_number: str, about: str, *, by: Person) -> Draft | None:
    """The person's own draft, if they left one."""
    case = case_numbered(session, case_number, by=by)
    mine = select(Draft).where(Draft.person_id == by.id, Draft.case_id == case.id, Draft.about == about[:40])
    return session.exec(mine).first()


def starting_text(session: Session, about: str, *, by: Person) -> Text:
    """What the fields begin with where no draft was left: nothing, the title answered, or the text that is edited."""
    kind, _, rest = about.partition(":")
    if kind == "new":
        groups = access_groups_of(session, by)
        careful = [
            group for group in groups if group.needs_validation
        ]  # one that does without is chosen, never slipped into
        return Text("", "", next((group.id for group in [*careful, *groups]), 0))
    revision = feed.update_shown(session, int(rest.partition(":")[0]), by=by)
    if kind == "reply":
        return Text(f"Re: {revision.title.removeprefix('Re: ')}", "", revision.access_group_id)
    require_edit(session, revision, by=by)
    return Text(revision.title, revision.body, revision.access_group_id)


def discard(session: Session, case_number: str, about: str, *, by: Person) -> None:
    if draft := kept(session, case_number, about, by=by):
        session.delete(draft)
