"""What the dialog asks the domain: whom it may offer, and how the mail will look."""

from typing import NamedTuple

from sqlmodel import Session

from caseupdates.delivery.mail import Mail
from caseupdates.people.firm import firm
from caseupdates.people.models import Person
from caseupdates.refusals import NotFound
from caseupdates.sending import mail
from caseupdates.sending.models import DistributionGroup
from caseupdates.sending.recipients import Block, blocks, candidates_by_person, distribution_groups
from caseupdates.sending.send import NotValidated, sendings_so_far
from caseupdates.updates.feed import update_shown
from caseupdates.updates.models import Revision


class Offer(NamedTuple):
    """What the dialog opens with; `already` is how many sendings there were."""

    revision: Revision
    blocks: list[Block]
    groups: list[DistributionGroup]
    already: int


def offered(session: Session, update_id: int, *, by: Person) -> Offer:
    revision = update_shown(session, update_id, by=by)
    if not revision.is_validated:
        raise NotValidated
    return Offer(
        revision, blocks(session, revision), list(distribution_groups(session)), sendings_so_far(session, update_id)
    )


def letter(session: Session, update_id: int, reader: int, note: str, *, by: Person) -> Mail:
    revision = update_shown(session, update_id, by=by)
    candidate = candidates_by_person(blocks(session, revision)).get(reader)
    if candidate is None:
        raise NotFound
    return mail.case_update(firm(session), revision, to=candidate.person, sender=by, note=note)
