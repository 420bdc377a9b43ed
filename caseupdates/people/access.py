"""Who may change what the whole firm lives by."""

from sqlmodel import Session

from caseupdates.database import take_turns
from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotPermitted


def require_settings(by: Person) -> None:
    """Raise NotPermitted unless the person manages settings."""
    if not by.may(Permission.MANAGE_SETTINGS):
        raise NotPermitted


def take_turn(session: Session) -> None:
    """Wait for whoever else changes people or roles now: rules that look at many rows hold only one after the other."""
    take_turns(session, "change people or roles")
