"""The list of cases, and a case with its tabs."""

from typing import Any

import reflex as rx

from caseupdates.cases.assigned.dialog.parts import assign_dialog
from caseupdates.cases.assigned.parts import assigned_tab, remove_dialog
from caseupdates.cases.assigned.state import Assigned
from caseupdates.cases.dialog.parts import (
    case_menu,
    close_case_dialog,
    edit_case_dialog,
    new_case_dialog,
    new_case_menu,
)
from caseupdates.cases.parts import assigned_panel, case_row, no_cases, waiting_panel
from caseupdates.cases.state import CaseList, CasePage
from caseupdates.files.page import files_tab
from caseupdates.files.state import CaseFiles
from caseupdates.history.parts import history_tab
from caseupdates.interface.frame import page, print_head
from caseupdates.interface.parts import Part, badge, button, missing, search_field, skeleton
from caseupdates.sending.dialog.parts import send_dialog
from caseupdates.sending.journal.parts import recall_dialog
from caseupdates.updates.editor.parts import editor_dialog, new_menu
from caseupdates.updates.parts import updates_list


def cases_page() -> Part:
    return page(
        rx.el.div(
            rx.el.h1("Cases"),
            rx.el.div(
                search_field("Search cases", CaseList.search, CaseList.find, custom_attrs={"data-shortcut": "/"}),
                rx.cond(CaseList.may_open, new_case_menu()),
                class_name="head-acts list-acts",
            ),
            class_name="page-head",
        ),
        rx.cond(
            CaseList.is_loaded,
            rx.cond(
                CaseList.cases,
                rx.el.div(rx.foreach(CaseList.cases, case_row), class_name="card rows", custom_attrs={"role": "list"}),
                no_cases(),
            ),
            skeleton(1),
        ),
        rx.cond(CaseList.has_more, rx.el.p(button("Show more", on_click=CaseList.show_more), class_name="more")),
        new_case_dialog(),
        active="Cases", search=False,
    )  # fmt: skip


def case_page() -> Part:
    return page(
        rx.cond(
            CasePage.case_refused != "",
            missing(CasePage.case_refused),
            rx.fragment(
                print_head(CasePage.case_number), _head(), _tabs(), editor_dialog(), send_dialog(), recall_dialog(),
                edit_case_dialog(), close_case_dialog(), assign_dialog(), remove_dialog(),
            ),
        ),
        active="Cases",
    )  # fmt: skip


def crumbs(*rest: Any) -> Part:
    """Where this page stands below the list of cases."""
    return rx.el.nav(
        rx.link("Cases", href="/cases"),
        *(part for each in rest for part in (rx.icon("chevron-right", size=13, aria_hidden="true"), each)),
        class_name="crumbs", aria_label="Breadcrumb",
    )  # fmt: skip


def _head() -> Part:
    return rx.fragment(
        crumbs(rx.el.span(CasePage.case_number, class_name="numbers")),
        rx.el.div(
            rx.el.h1(rx.cond(CasePage.is_case_loaded, CasePage.case.title, CasePage.case_number)),
            rx.cond(
                CasePage.is_case_loaded,
                rx.el.div(
                    rx.cond(CasePage.case.is_open, badge("circle-dot", "Open", hue="jade"), badge("archive", "Closed", hue="gray")),
                    rx.cond(Assigned.may_arrange, case_menu(CasePage.case.is_open)),
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
            _tab("Files", "files", CaseFiles.case_files.length()),
            rx.cond(Assigned.is_staff, _tab("Assigned", "assigned", CasePage.assigned.length())),
            rx.cond(CasePage.may_see_history, _tab("History", "history")),
        ),
        rx.tabs.content(
            rx.el.div(
                rx.el.div(updates_list(), class_name="column"),
                rx.el.aside(waiting_panel(), assigned_panel(), class_name="aside"),
                class_name="columns",
            ),
            value="updates",
        ),
        rx.tabs.content(files_tab(), value="files"),
        rx.tabs.content(assigned_tab(), value="assigned"),
        rx.tabs.content(history_tab(), value="history"),
        default_value="updates",
        class_name="tabs",
    )


def _tab(label: str, value: str, count: Any = None) -> Part:
    number = rx.cond(count > 0, rx.el.span(count, class_name="tab-count")) if count is not None else rx.fragment()
    return rx.tabs.trigger(rx.el.span(label), number, value=value)
