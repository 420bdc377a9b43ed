"""`/settings/people/[person_id]`."""

from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def person_page() -> Part:
    return settings_page("Person", "", active="People")
