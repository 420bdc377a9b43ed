"""`/settings/distribution-groups`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def groups_page() -> Part:
    return settings_page("Distribution groups", "People who are chosen with one tick.")
