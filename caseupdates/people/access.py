"""Who may change what the whole firm lives by."""

from caseupdates.people.models import Permission, Person
from caseupdates.refusals import NotPermitted


def require_settings(by: Person) -> None:
    """Raise NotPermitted unless the person manages settings."""
    if not by.may(Permission.MANAGE_SETTINGS):
        raise NotPermitted
