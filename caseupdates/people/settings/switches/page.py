"""`/settings/notifications`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def switches_page() -> Part:
    return settings_page("Notifications", "Which kinds also come by email.")
