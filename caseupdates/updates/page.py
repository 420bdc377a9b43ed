"""An update's own page."""

import reflex as rx

from caseupdates.cases.page import crumbs
from caseupdates.cases.state import CasePage
from caseupdates.interface.frame import page, print_head
from caseupdates.interface.parts import Part
from caseupdates.sending.dialog.parts import send_dialog
from caseupdates.sending.journal.parts import recall_dialog
from caseupdates.updates.editor.parts import editor_dialog
from caseupdates.updates.parts import one_update


def update_page() -> Part:
    return page(
        print_head(CasePage.case_number),
        crumbs(
            rx.link(rx.cond(CasePage.is_case_loaded, CasePage.case.title, CasePage.case_number), href=f"/cases/{CasePage.case_number}"),
            rx.el.span("Update"),
        ),
        one_update(),
        editor_dialog(),
        send_dialog(),
        recall_dialog(),
        width="medium",
        active="Cases",
    )  # fmt: skip
