"""Rows and panels of cases."""

from typing import Any

import reflex as rx

from caseupdates.cases.assigned.dialog.state import AssignDialog
from caseupdates.cases.assigned.state import Assigned
from caseupdates.cases.dialog.state import CaseDialog
from caseupdates.cases.rows import AssignedRow, CaseRow
from caseupdates.cases.state import CaseList, CasePage
from caseupdates.interface.parts import Part, avatar, badge, button, empty
from caseupdates.sending.journal.state import Journal
from caseupdates.sending.journal.waiting.rows import WaitingRow


def case_row(case: CaseRow) -> Part:
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
            href=case.path, class_name="row case-row",
        ),
        custom_attrs={"role": "listitem"},
    )  # fmt: skip


def no_cases() -> Part:
    return rx.cond(
        CaseList.search != "",
        empty("search-x", "No case matches", f"No number, title or client contains “{CaseList.search}”."),
        empty(
            "folder-open",
            "No cases yet",
            rx.cond(
                CaseList.may_open,
                "Open the first: give it a number, a title and a client, then assign the people who work it.",
                "Cases you are assigned to appear here. Ask a case manager to assign you.",
            ),
            rx.cond(CaseList.may_open, _first_steps()),
        ),
    )


def _first_steps() -> Part:
    return rx.el.span(
        button("Open a case", kind="solid", on_click=CaseDialog.open_new),
        rx.cond(
            CaseList.may_manage,
            rx.el.span("or begin with ", rx.link("people", href="/settings/people"), " and ", rx.link("clients", href="/settings/clients")),
        ),
        class_name="empty-act",
    )  # fmt: skip


def waiting_panel() -> Part:
    return rx.cond(
        (CasePage.case.to_validate > 0) | Journal.unopened | Journal.ending,
        rx.el.section(
            rx.el.h2("Waiting"),
            rx.cond(CasePage.case.to_validate > 0, _waiting_line("shield-alert", "red", "To validate", CasePage.case.to_validate)),
            rx.cond(Journal.unopened, _waiting_line("mail", "amber", "Not yet opened", Journal.unopened_count, Journal.unopened)),
            rx.cond(Journal.ending, _waiting_line("link", "", "Links ending this week", Journal.ending_count, Journal.ending)),
            class_name="card panel", aria_label="Waiting",
        ),
    )  # fmt: skip


def _waiting_line(icon: str, hue: str, label: str, number: Any, updates: Any = None) -> Part:
    """What waits, how often, and the updates it concerns."""
    return rx.fragment(
        rx.el.p(
            rx.icon(icon, size=15, class_name=hue, aria_hidden="true"), rx.el.span(label),
            rx.el.strong(number, class_name="numbers"), class_name="panel-line",
        ),
        rx.fragment() if updates is None else rx.foreach(updates, _waiting_update),
    )  # fmt: skip


def _waiting_update(row: WaitingRow) -> Part:
    return rx.el.p(
        rx.link(row.title, href=row.path),
        rx.el.span(row.people, class_name="second numbers"),
        class_name="panel-update",
    )


def assigned_panel() -> Part:
    return rx.cond(
        Assigned.is_staff & (Assigned.may_arrange | (CasePage.assigned.length() > 0)),
        rx.el.section(
            rx.el.div(
                rx.el.h2("Assigned"),
                rx.cond(
                    Assigned.may_arrange,
                    rx.el.button("Assign", rx.el.span(" people", class_name="sr-only"), type="button", class_name="link", on_click=AssignDialog.open),
                ),
                class_name="panel-head",
            ),
            rx.foreach(CasePage.assigned, _assigned_line),
            rx.cond(~CasePage.assigned, rx.el.p("Nobody yet.", class_name="second")),
            class_name="card panel",
        ),
    )  # fmt: skip


def _assigned_line(row: AssignedRow) -> Part:
    return rx.el.div(
        avatar(row.face),
        rx.el.div(rx.el.p(row.face.name), rx.el.p(row.part, class_name="second")),
        class_name="person-line",
    )
