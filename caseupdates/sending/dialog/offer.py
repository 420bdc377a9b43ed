"""What the dialog asks the domain: whom it may offer, and how the mail will look."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session

from caseupdates.cases.access import require
from caseupdates.delivery.mail import Mail
from caseupdates.files.drafting import files_of
from caseupdates.files.models import File
from caseupdates.people.firm import firm
from caseupdates.people.models import Firm, Permission, Person
from caseupdates.refusals import NotFound
from caseupdates.sending import groups
from caseupdates.sending.attachments import plan
from caseupdates.sending.delivering import Handling
from caseupdates.sending.mail import case_updates
from caseupdates.sending.recipients import Block, blocks, candidates_by_person
from caseupdates.sending.resolving import Resolved, resolve
from caseupdates.sending.send import NotValidated, sendings_so_far
from caseupdates.sending.template.files import previewed
from caseupdates.sending.template.versions import in_force
from caseupdates.settings import settings
from caseupdates.updates.feed import update_shown
from caseupdates.updates.models import Revision


class Offer(NamedTuple):
    """What the dialog opens with; `already` is how many sendings there were."""

    revision: Revision
    blocks: list[Block]
    groups: list[Resolved]
    already: int
    files: Sequence[File]
    firm: Firm


def offered(session: Session, update_id: int, *, by: Person) -> Offer:
    """What may be sent to whom, now; raise NotValidated, NotPermitted, NotFound."""
    revision = update_shown(session, update_id, by=by)
    require(session, by, Permission.SEND_UPDATES, revision.update.case)
    if not revision.is_validated:
        raise NotValidated
    found = blocks(session, revision)
    return Offer(
        revision, found, [resolve(each, found) for each in groups.every(session)], sendings_so_far(session, update_id),
        files_of(session, revision), firm(session),
    )  # fmt: skip


def letter(session: Session, update_id: int, reader: int, note: str, handling: Handling, *, by: Person) -> Mail:
    """The mail as it would go now; its link leads nowhere yet."""
    revision = update_shown(session, update_id, by=by)
    require(session, by, Permission.SEND_UPDATES, revision.update.case)
    candidate = candidates_by_person(blocks(session, revision)).get(reader)
    if candidate is None:
        raise NotFound
    going, here = plan(files_of(session, revision), attach=handling.attach, limit=settings().attachments), firm(session)
    files = previewed(here, going, handling.expires_at, needs_verification=handling.needs_verification)
    recipient = [(candidate.person, files)]
    return case_updates(here, in_force(session), revision, recipient, sender=by, note=note).mails[0]
