"""The lines of history, on a case and on the firm."""

import reflex as rx

from caseupdates.cases.rows import HistoryRow
from caseupdates.cases.state import CasePage
from caseupdates.interface.parts import Part, avatar, empty


def history_tab() -> Part:
    return rx.cond(
        CasePage.events,
        rx.el.div(rx.foreach(CasePage.events, _event), class_name="card rows"),
        empty("history", "Nothing has happened yet", "What people do on this case is written down here."),
    )


def _event(row: HistoryRow) -> Part:
    return rx.el.div(
        avatar(row.who),
        rx.el.span(rx.el.span(row.who.name, " · ", row.what), rx.el.span(row.about, class_name="second"), class_name="row-main"),
        rx.el.span(row.when, class_name="second numbers when"),
        class_name="row",
    )  # fmt: skip
