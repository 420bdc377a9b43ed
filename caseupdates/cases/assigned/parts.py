"""The tab "Assigned"."""

import reflex as rx

from caseupdates.cases.rows import AssignedRow
from caseupdates.cases.state import CasePage
from caseupdates.interface.parts import Part, avatar


def assigned_tab() -> Part:
    return rx.el.div(rx.foreach(CasePage.assigned, _row), class_name="card rows")


def _row(row: AssignedRow) -> Part:
    return rx.el.div(
        avatar(row.face, "large"),
        rx.el.span(rx.el.span(row.face.name, class_name="row-title"), rx.el.span(row.part, class_name="second"), class_name="row-main"),
        rx.el.span(row.email, class_name="second when"),
        class_name="row",
    )  # fmt: skip
