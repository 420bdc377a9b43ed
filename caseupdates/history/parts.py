"""The lines of history, on a case and on the firm's page: searched, filtered, kept as a table."""

from collections.abc import Iterable
from typing import Any

import reflex as rx

from caseupdates.history.models import Area
from caseupdates.history.rows import HistoryRow
from caseupdates.history.state import CaseHistory
from caseupdates.interface.parts import Part, avatar, button, empty, search_field, skeleton

OF_A_CASE = (Area.UPDATES, Area.SENDING, Area.FILES, Area.CASES)


def history_tab() -> Part:
    return history(CaseHistory, OF_A_CASE, "What people do on this case is written down here, and cannot be changed.")


def history(state: Any, areas: Iterable[Area], what_comes: str) -> Part:
    """Search, kinds, the lines of a state that has them, and "Show more"."""
    return rx.fragment(
        rx.el.div(
            search_field("Search history", state.search, state.find),
            rx.el.a(
                rx.icon("download", size=15, aria_hidden="true"), "Download as CSV", href=state.download, download=True,
                class_name="button plain", custom_attrs={"reloadDocument": True},
            ),
            class_name="history-head",
        ),
        _kinds(state, areas),
        rx.cond(
            state.is_loaded,
            rx.cond(
                state.lines,
                rx.el.div(rx.foreach(state.lines, _line), class_name="card rows history", custom_attrs={"role": "list"}),
                _nothing(state, what_comes),
            ),
            skeleton(1),
        ),
        rx.cond(state.has_more, rx.el.p(button("Show more", on_click=state.show_more), class_name="more")),
    )  # fmt: skip


def _kinds(state: Any, areas: Iterable[Area]) -> Part:
    chosen = (("", "All"), *((str(area), str(area).capitalize()) for area in areas))
    return rx.el.div(
        *(
            rx.el.button(
                label, type="button", class_name="filter", on_click=state.choose(kind),
                aria_pressed=rx.cond(state.kind == kind, "true", "false"),
            )
            for kind, label in chosen
        ),
        class_name="filters", role="group", aria_label="Kind",
    )  # fmt: skip


def _line(row: HistoryRow) -> Part:
    return rx.el.div(
        avatar(row.who, "large"),
        rx.el.span(
            rx.el.span(rx.el.span(row.who.name, class_name="row-title"), " · ", row.what),
            rx.cond(
                (row.about != "") | (row.case != ""),
                rx.el.span(
                    rx.cond(row.case != "", rx.link(row.case, href="/cases/" + row.case, class_name="numbers case-link")),
                    rx.cond(row.about != "", rx.el.span(row.about)),
                    class_name="second facts",
                ),
            ),
            class_name="row-main",
        ),
        rx.el.span(
            rx.el.span(row.when, title=row.exact, class_name="numbers"),
            rx.cond(row.where != "", rx.el.span(rx.el.span("from ", class_name="sr-only"), row.where, class_name="numbers where")),
            class_name="second when",
        ),
        class_name="row", custom_attrs={"role": "listitem"},
    )  # fmt: skip


def _nothing(state: Any, what_comes: str) -> Part:
    return rx.cond(
        (state.search != "") | (state.kind != ""),
        empty("search-x", "No line matches", "Search for fewer words, or choose “All”."),
        empty("history", "Nothing has happened yet", what_comes),
    )
