"""What the dialog asks the domain: whom it may offer, and how the mail will look."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session

from caseupdates.delivery.mail import Mail
from caseupdates.files.drafting import files_of
from caseupdates.files.models import File
from caseupdates.people.firm import firm
from caseupdates.people.models import Person
from caseupdates.refusals import NotFound
from caseupdates.sending.attachments import plan
from caseupdates.sending.delivering import Handling
from caseupdates.sending.mail import case_updates
from caseupdates.sending.models import DistributionGroup
from caseupdates.sending.recipients import Block, blocks, candidates_by_person, distribution_groups
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
    groups: list[DistributionGroup]
    already: int
    files: Sequence[File]


def offered(session: Session, update_id: int, *, by: Person) -> Offer:
    revision = update_shown(session, update_id, by=by)
    if not revision.is_validated:
        raise NotValidated
    return Offer(
        revision, blocks(session, revision), list(distribution_groups(session)), sendings_so_far(session, update_id),
        files_of(session, revision),
    )  # fmt: skip


def letter(session: Session, update_id: int, reader: int, note: str, handling: Handling, *, by: Person) -> Mail:
    """The mail as it would go now; its link leads nowhere yet."""
    revision = update_shown(session, update_id, by=by)
    candidate = candidates_by_person(blocks(session, revision)).get(reader)
    if candidate is None:
        raise NotFound
    going, here = plan(files_of(session, revision), attach=handling.attach, limit=settings().attachments), firm(session)
    files = previewed(here, going, handling.expires_at, needs_verification=handling.needs_verification)
    recipient = [(candidate.person, files)]
    return case_updates(here, in_force(session), revision, recipient, sender=by, note=note).mails[0]
