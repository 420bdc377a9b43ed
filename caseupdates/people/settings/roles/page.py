"""`/settings/roles`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def roles_page() -> Part:
    return settings_page("Roles", "What each role may do.")
