"""The versions of the firm's template: the newest is in force, none is ever deleted."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from caseupdates import bell, clock
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.access import require_settings
from caseupdates.people.models import Person
from caseupdates.refusals import NotFound, Refusal
from caseupdates.sending.models import EmailTemplate
from caseupdates.sending.template.standard import STANDARD, Text
from caseupdates.sending.template.syntax import check
from caseupdates.sending.template.trial import try_out


class SavedMeanwhile(Refusal):
    status = 409

    def __init__(self, newest: EmailTemplate) -> None:
        super().__init__(newest.id)
        self.newest = newest

    def __str__(self) -> str:
        return (
            f"{self.newest.saved_by.name} saved another version in the meantime. It stands first under “Versions”: "
            "look at it, then save again if yours should take its place."
        )


def in_force(session: Session) -> Text:
    """The template that mails are written by: no question of who asks."""
    newest = _newest(session)
    return text_of(newest) if newest else STANDARD


def text_of(version: EmailTemplate) -> Text:
    return Text(version.subject, version.body)


def versions(session: Session, *, limit: int, by: Person) -> Sequence[EmailTemplate]:
    """The newest first; raise NotPermitted."""
    require_settings(by)
    return session.exec(select(EmailTemplate).order_by(col(EmailTemplate.id).desc()).limit(limit)).all()


def version(session: Session, number: int, *, by: Person) -> EmailTemplate:
    """One of them; raise NotFound or NotPermitted."""
    require_settings(by)
    found = session.get(EmailTemplate, number)
    if found is None:
        raise NotFound
    return found


def save(
    session: Session, text: Text, *, based_on: int, by: Person, what: str = "email template saved"
) -> EmailTemplate:
    """A new version, in force at once. `based_on` is the number of the one it was made from, 0 for the standard one;
    raise TemplateProblem, TemplateTooLarge, TemplateTooSlow, SavedMeanwhile or NotPermitted."""
    require_settings(by)
    check(text)
    try_out(text)
    newest = _newest(session)
    if newest and newest.id != based_on:
        raise SavedMeanwhile(newest)
    saved = _written(session, text, number=newest.id + 1 if newest else 1, by=by)
    record(session, Area.SETTINGS, what, by=by, about=f"version {saved.id}")
    bell.ring(session, bell.SETTINGS)
    return saved


def reset(session: Session, *, based_on: int, by: Person) -> EmailTemplate:
    """The standard text as a new version."""
    return save(session, STANDARD, based_on=based_on, by=by, what="email template reset to the standard one")


def restore(session: Session, number: int, *, based_on: int, by: Person) -> EmailTemplate:
    """An earlier version's text as a new version; raise NotFound for one that never was."""
    earlier = version(session, number, by=by)
    what = f"email template restored from version {number}"
    return save(session, text_of(earlier), based_on=based_on, by=by, what=what)


def _newest(session: Session) -> EmailTemplate | None:
    return session.exec(select(EmailTemplate).order_by(col(EmailTemplate.id).desc()).limit(1)).first()


def _written(session: Session, text: Text, *, number: int, by: Person) -> EmailTemplate:
    """The row; its id is the number after the one it was made from, so that of two who save at once exactly one can."""
    written = EmailTemplate(id=number, **text._asdict(), saved_by_id=by.id, saved_at=clock.now())
    try:
        with session.begin_nested():
            session.add(written)
    except IntegrityError:
        raise SavedMeanwhile(session.get_one(EmailTemplate, number)) from None
    session.refresh(written)
    return written
