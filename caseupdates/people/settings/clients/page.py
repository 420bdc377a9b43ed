"""`/settings/clients`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def clients_page() -> Part:
    return settings_page("Clients", "The companies cases are worked for.")
