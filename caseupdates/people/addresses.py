"""Email addresses: one spelling each, so that two people never share one."""

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, or_, select

from caseupdates.people.models import EmailAlias, Person
from caseupdates.refusals import Invalid


class AddressInUse(Invalid):
    """Somebody has this address already; only administrators are told who."""

    status = 409

    def __init__(self, address: str, person: Person) -> None:
        super().__init__(address)
        self.address, self.person = address, person

    def __str__(self) -> str:
        archived = ", who is archived," if self.person.archived_at else ""
        return f"{self.person.name}{archived} already has the address {self.address}."


def normalise(address: str) -> str:
    """The one spelling of an address (lower case, NFC); raise Invalid with what is wrong with it."""
    try:
        return validate_email(address.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid(f"This is not an email address. {error}") from None


def person_with(session: Session, address: str) -> Person | None:
    """The person this normalised address or alias belongs to."""
    alias = select(EmailAlias.person_id).where(EmailAlias.address == address)
    return session.exec(select(Person).where(or_(col(Person.email) == address, col(Person.id).in_(alias)))).first()


def require_free(session: Session, address: str | None, *, but_of: Person | None = None) -> None:
    """Raise AddressInUse for the address or alias of anybody; one's own address may stay what it is.

    No index covers both tables: whoever asks has taken their turn (`people.access.take_turn`).
    """
    if address is None or (but_of and but_of.email == address):
        return
    if holder := person_with(session, address):
        raise AddressInUse(address, holder)
