"""Email addresses: one spelling each, so that two people never share one."""

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, or_, select

from caseupdates.people.models import EmailAlias, Person
from caseupdates.refusals import Invalid


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
