"""The firm: its name and how to reach it."""

from datetime import tzinfo

from sqlmodel import Session

from caseupdates import clock
from caseupdates.people.models import Firm

UNNAMED = "Case Updates"


def firm(session: Session) -> Firm:
    """The firm's row, or an unnamed one before somebody has named it."""
    return session.get(Firm, 1) or Firm(name=UNNAMED)


def name_firm(session: Session, name: str, *, reply_to: str | None = None, contact: str = "") -> Firm:
    named = firm(session)
    named.name, named.reply_to, named.contact = name.strip() or UNNAMED, reply_to, contact.strip()
    session.add(named)
    return named


def zone_of(here: Firm) -> tzinfo:
    """In whose days the firm tells recipients the last day of a link; UTC where its zone does not exist."""
    return clock.zone_named(here.time_zone)
