"""`/settings/history`."""

from caseupdates.history.models import Area
from caseupdates.history.parts import history
from caseupdates.history.settings.state import FirmHistory
from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import settings_page


def history_page() -> Part:
    return settings_page(
        "History",
        "Who did what, when, and from where. Lines are only ever added: nobody can change or remove one.",
        history(FirmHistory, Area, "What people do is written down here, and cannot be changed."),
    )
