"""Make the links of a sending: one per recipient, each with a token of its own that is stored nowhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from caseupdates import clock, seals, tokens
from caseupdates.files.models import File
from caseupdates.links.models import Link, LinkFile
from caseupdates.people.models import Person
from caseupdates.settings import settings
from caseupdates.updates.models import Revision


@dataclass(frozen=True)
class Terms:
    """What holds for every link of a sending."""

    expires_at: datetime | None  # None: when the case closes
    needs_verification: bool


def make(
    session: Session, revision: Revision, recipients: Iterable[tuple[Person, bool]], files: Sequence[File], terms: Terms,
    *, by: Person,
) -> dict[int, Link]:  # fmt: skip
    """A link to these files for each person (and whether they are assigned to the case), by the person's id."""
    links = {person.id: _link(revision, person, is_assigned, terms, by) for person, is_assigned in recipients}
    session.add_all(links.values())
    session.flush()
    session.add_all(
        LinkFile(link_id=link.id, file_id=file.id, position=position)
        for link in links.values()
        for position, file in enumerate(files)
    )
    session.flush()
    return links


def address(link: Link) -> str:
    """The link's address as it stands in a mail, sealed until the mail is handed over."""
    return settings().url(f"/l/{seals.sealed(seals.LINK, link.seal)}")


def _link(revision: Revision, person: Person, is_assigned: bool, terms: Terms, by: Person) -> Link:
    seal = tokens.new()
    return Link(
        seal=seal, token_hash=tokens.digest(seals.link_token(settings().secret_key, seal)), revision_id=revision.id,
        person_id=person.id, sender_id=by.id, email=person.email, needs_assignment=is_assigned,
        needs_verification=terms.needs_verification, created_at=clock.now(), expires_at=terms.expires_at,
    )  # fmt: skip
