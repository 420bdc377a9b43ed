"""`/settings/firm`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def firm_page() -> Part:
    return settings_page("The firm", "Name, logo, contact, time zone, and what a sending begins with.")
