"""`/settings/people`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def people_page() -> Part:
    return settings_page("People", "Who works here and who receives.")
