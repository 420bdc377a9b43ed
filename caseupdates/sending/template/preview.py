"""What a template makes of an update, for one recipient: before it is saved, and with nothing sent."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session, col

from caseupdates import clock
from caseupdates.delivery.mail import Mail
from caseupdates.files.drafting import files_of
from caseupdates.links.expiry import DEFAULT, LIVES
from caseupdates.people.access import require_settings
from caseupdates.people.firm import firm
from caseupdates.people.models import Person
from caseupdates.sending.attachments import Plan, plan
from caseupdates.sending.mail import case_update
from caseupdates.sending.recipients import blocks, candidates_by_person
from caseupdates.sending.template import sample
from caseupdates.sending.template.files import previewed
from caseupdates.sending.template.standard import Text
from caseupdates.sending.template.syntax import check
from caseupdates.settings import settings
from caseupdates.updates.feed import shown_to, update_shown
from caseupdates.updates.models import Revision, Update

OFFERED = 20  # updates to choose from


def updates_to_try(session: Session, *, by: Person) -> Sequence[Revision]:
    """The newest validated updates that this person sees."""
    require_settings(by)
    validated = shown_to(by).where(col(Revision.validated_at).is_not(None))
    return session.exec(validated.order_by(col(Update.id).desc()).limit(OFFERED)).all()


def recipients_to_try(session: Session, update_id: int, *, by: Person) -> list[Person]:
    """Who could be sent this update; nobody for the made-up one, 0."""
    require_settings(by)
    if not update_id:
        return []
    offered = candidates_by_person(blocks(session, update_shown(session, update_id, by=by)))
    return [each.person for each in offered.values() if each.can_be_chosen]


def preview(session: Session, text: Text, update_id: int, person_id: int, *, with_note: bool, by: Person) -> Mail:
    """The mail; 0 is the made-up update or person. Raise TemplateProblem, TemplateTooLarge, TemplateTooSlow, NotFound."""
    require_settings(by)
    check(text)
    people = {each.id: each for each in recipients_to_try(session, update_id, by=by)}
    revision, going = sample.update(), Plan(linked=sample.files())
    if update_id:
        revision = update_shown(session, update_id, by=by)
        going = plan(files_of(session, revision), attach=False, limit=settings().attachments)
    here, ends = firm(session), clock.now() + timedelta(days=LIVES[DEFAULT])
    return case_update(
        here, text, revision, to=people.get(person_id) or sample.recipient(), sender=by,
        note=sample.NOTE if with_note else "", files=previewed(here, going, ends),
    )  # fmt: skip
