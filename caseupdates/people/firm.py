"""The firm: what it is called, how it is reached, and what it has chosen for everybody."""

from datetime import tzinfo
from typing import TypedDict, Unpack

from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.access import require_settings
from caseupdates.people.firm_facts import FACTS
from caseupdates.people.models import Firm, Person

UNNAMED = "Case Updates"


class Changes(TypedDict, total=False):
    """What an administrator may change about the firm; what is left out stays."""

    name: str
    contact: str
    reply_to: str
    email_signature: str
    time_zone: str
    attach_files: bool
    links_expire: str
    verify_identity: bool


def firm(session: Session) -> Firm:
    """The firm's row, or an unnamed one before somebody has named it."""
    return session.get(Firm, 1) or Firm(name=UNNAMED)


def name_firm(session: Session, name: str, *, reply_to: str | None = None, contact: str = "") -> Firm:
    named = firm(session)
    named.name, named.reply_to, named.contact = name.strip() or UNNAMED, reply_to, contact.strip()
    session.add(named)
    return named


def change_firm(session: Session, *, by: Person, **changes: Unpack[Changes]) -> Firm:
    """Change what is given and write down what became of it; raise NotPermitted, or Invalid for what cannot be taken."""
    require_settings(by)
    changed = firm(session)
    checked = {name: FACTS[name][1](given) for name, given in changes.items()}  # all of them before the first is set
    told = {name: value for name, value in checked.items() if value != getattr(changed, name)}
    for name, value in told.items():
        setattr(changed, name, value)
    if told:
        session.add(changed)
        about = " · ".join(f"{FACTS[name][0]}: {_said(value)}" for name, value in told.items())
        record(session, Area.SETTINGS, "firm changed", by=by, about=about)
        bell.ring(session, bell.SETTINGS)
    return changed


def zone_of(here: Firm) -> tzinfo:
    """The firm's time zone: in it days and times are said to whoever reads without signing in."""
    return clock.zone_named(here.time_zone)


def _said(value: object) -> str:
    """A value in the words of history; the signature is too long for a line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    first, _, rest = str(value or "none").partition("\n")
    return f"{first[:80]}…" if rest or len(first) > 80 else first
