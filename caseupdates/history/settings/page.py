"""`/settings/history`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def history_page() -> Part:
    return settings_page("History", "Who did what, when, and from where.")
