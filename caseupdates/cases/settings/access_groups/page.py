"""`/settings/access-groups`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def access_groups_page() -> Part:
    return settings_page("Access groups", "Which roles see an update, and whether it must be validated.")
