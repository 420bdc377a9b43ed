"""`/invitation/<token>`."""

from caseupdates.interface.frame import bare_page
from caseupdates.interface.parts import Part


def invited_page() -> Part:
    return bare_page(title="Case Updates")
