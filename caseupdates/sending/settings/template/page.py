"""`/settings/email-template`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def template_page() -> Part:
    return settings_page("Email template", "How a case update reads in the mailbox.")
