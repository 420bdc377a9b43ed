"""The list of cases, and a case with its tabs."""

from typing import Any

import reflex as rx

from caseupdates.cases.state import AssignedRow, CaseList, CasePage, CaseRow, HistoryRow
from caseupdates.interface.frame import page
from caseupdates.interface.parts import Part, avatar, badge, button, empty, missing, skeleton
from caseupdates.sending.dialog.parts import send_dialog
from caseupdates.updates.editor.parts import editor_dialog, new_menu
from caseupdates.updates.parts import updates_list


def cases_page() -> Part:
    return page(
        rx.el.div(
            rx.el.h1("Cases"),
            rx.el.div(
                rx.icon("search", size=15, aria_hidden="true"),
                rx.debounce_input(
                    rx.el.input(
                        type="search", placeholder="Search cases", aria_label="Search cases", class_name="input",
                        value=CaseList.search, on_change=CaseList.find, max_length=100, custom_attrs={"data-shortcut": "/"},
                    ),
                    debounce_timeout=200,
                ),
                class_name="search",
            ),
            class_name="page-head",
        ),
        rx.cond(
            CaseList.is_loaded,
            rx.cond(
                CaseList.cases,
                rx.el.div(rx.foreach(CaseList.cases, _case_row), class_name="card rows", custom_attrs={"role": "list"}),
                _no_cases(),
            ),
            skeleton(1),
        ),
        rx.cond(CaseList.has_more, rx.el.p(button("Show more", on_click=CaseList.show_more), class_name="more")),
        active="Cases", search=False,
    )  # fmt: skip


def case_page() -> Part:
    return page(
        rx.cond(
            CasePage.case_refused != "",
            missing(CasePage.case_refused),
            rx.fragment(_head(), _tabs(), editor_dialog(), send_dialog()),
        ),
        active="Cases",
    )


def crumbs(*rest: Any) -> Part:
    """Where this page stands below the list of cases."""
    return rx.el.nav(
        rx.link("Cases", href="/cases"),
        *(part for each in rest for part in (rx.icon("chevron-right", size=13, aria_hidden="true"), each)),
        class_name="crumbs", aria_label="Breadcrumb",
    )  # fmt: skip


def _case_row(case: CaseRow) -> Part:
    return rx.el.div(
        rx.link(
            rx.el.span(
                rx.el.span(case.title, class_name="row-title"),
                rx.el.span(
                    rx.el.span(case.number, class_name="numbers"), rx.el.span(case.client), rx.el.span(case.case_type),
                    class_name="second facts",
                ),
                class_name="row-main",
            ),
            rx.cond(
                case.to_validate > 0,
                badge("shield-alert", rx.el.span(case.to_validate, " to validate"), hue="red"),
            ),
            rx.cond(case.is_open, rx.fragment(), badge("archive", "Closed", hue="gray")),
            rx.el.span(case.when, class_name="second numbers when"),
            href="/cases/" + case.number, class_name="row case-row",
        ),
        custom_attrs={"role": "listitem"},
    )  # fmt: skip


def _no_cases() -> Part:
    return rx.cond(
        CaseList.search != "",
        empty("search-x", "No case matches", f"No number, title or client contains “{CaseList.search}”."),
        empty(
            "folder-open", "No cases yet", "Cases you are assigned to appear here. Ask a case manager to assign you."
        ),
    )


def _head() -> Part:
    return rx.fragment(
        crumbs(rx.el.span(CasePage.case_number, class_name="numbers")),
        rx.el.div(
            rx.el.h1(rx.cond(CasePage.is_case_loaded, CasePage.case.title, CasePage.case_number)),
            rx.cond(
                CasePage.is_case_loaded,
                rx.el.div(
                    rx.cond(CasePage.case.is_open, badge("circle-dot", "Open", hue="jade"), badge("archive", "Closed", hue="gray")),
                    rx.cond(CasePage.may_create, new_menu()),
                    class_name="head-acts",
                ),
            ),
            class_name="page-head",
        ),
        rx.el.p(
            rx.el.span(CasePage.case_number, class_name="numbers"),
            rx.cond(
                CasePage.is_case_loaded,
                rx.fragment(
                    rx.el.span(CasePage.case.client), rx.el.span(CasePage.case.case_type),
                    rx.el.span("Last update ", CasePage.case.when),
                ),
            ),
            class_name="second facts under-head",
        ),
    )  # fmt: skip


def _tabs() -> Part:
    return rx.tabs.root(
        rx.tabs.list(
            _tab("Updates", "updates", CasePage.updates_count),
            _tab("Files", "files"),
            rx.cond(CasePage.assigned, _tab("Assigned", "assigned", CasePage.assigned.length())),
            rx.cond(CasePage.may_see_history, _tab("History", "history")),
        ),
        rx.tabs.content(
            rx.el.div(
                rx.el.div(updates_list(), class_name="column"),
                rx.el.aside(_waiting_panel(), _assigned_panel(), class_name="aside"),
                class_name="columns",
            ),
            value="updates",
        ),
        rx.tabs.content(
            empty("files", "No files yet", "Files that come with this case's updates are listed here."), value="files"
        ),
        rx.tabs.content(rx.el.div(rx.foreach(CasePage.assigned, _assigned), class_name="card rows"), value="assigned"),
        rx.tabs.content(_history(), value="history"),
        default_value="updates",
        class_name="tabs",
    )


def _tab(label: str, value: str, count: Any = None) -> Part:
    number = rx.cond(count > 0, rx.el.span(count, class_name="tab-count")) if count is not None else rx.fragment()
    return rx.tabs.trigger(rx.el.span(label), number, value=value)


def _waiting_panel() -> Part:
    return rx.cond(
        CasePage.case.to_validate > 0,
        rx.el.section(
            rx.el.h2("Waiting"),
            rx.el.p(
                rx.icon("shield-alert", size=15, class_name="red", aria_hidden="true"), rx.el.span("To validate"),
                rx.el.strong(CasePage.case.to_validate, class_name="numbers"), class_name="panel-line",
            ),
            class_name="card panel",
        ),
    )  # fmt: skip


def _assigned_panel() -> Part:
    return rx.cond(
        CasePage.assigned,
        rx.el.section(rx.el.h2("Assigned"), rx.foreach(CasePage.assigned, _assigned_line), class_name="card panel"),
    )


def _assigned_line(row: AssignedRow) -> Part:
    return rx.el.div(
        avatar(row.face),
        rx.el.div(rx.el.p(row.face.name), rx.el.p(row.part, class_name="second")),
        class_name="person-line",
    )


def _assigned(row: AssignedRow) -> Part:
    return rx.el.div(
        avatar(row.face, "large"),
        rx.el.span(rx.el.span(row.face.name, class_name="row-title"), rx.el.span(row.part, class_name="second"), class_name="row-main"),
        rx.el.span(row.email, class_name="second when"),
        class_name="row",
    )  # fmt: skip


def _history() -> Part:
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
