"""The dialog "Assign people"."""

from typing import Any

import reflex as rx

from caseupdates.cases.assigned.dialog.state import AssignDialog
from caseupdates.cases.assigned.rows import Candidate
from caseupdates.interface.parts import Part, avatar, button, close_button, search_field


def assign_dialog() -> Part:
    return rx.dialog.root(
        rx.dialog.content(
            rx.el.div(
                rx.dialog.title("Assign people"),
                rx.dialog.description(
                    "Each is told, and sees the case from then on.",
                    class_name="second",
                ),
                class_name="dialog-head",
            ),
            rx.el.div(
                search_field("Find a person", AssignDialog.search, AssignDialog.find),
                rx.el.div(
                    rx.foreach(AssignDialog.people, _person), class_name="assign-rows", role="group", aria_label="People"
                ),
                rx.cond(~AssignDialog.people, _nobody()),
                rx.cond(AssignDialog.has_more, rx.el.p("There are more. Type a part of a name, company or role.", class_name="second")),
                class_name="dialog-body assign-body",
            ),
            _foot(),
            close_button(),
            class_name="dialog assign",
        ),
        open=AssignDialog.is_open & (AssignDialog.opened_on == AssignDialog.case_number),
        on_open_change=AssignDialog.close,
    )  # fmt: skip


def _person(row: Candidate) -> Part:
    return rx.el.div(
        rx.el.label(
            tick(row.is_chosen, row.face.name, AssignDialog.toggle(row.id)),
            avatar(row.face),
            rx.el.span(
                rx.el.span(row.face.name, class_name="person-name"), rx.el.span(row.about, class_name="second"), class_name="person"
            ),
            class_name="block-row",
        ),
        rx.cond(row.is_chosen, _how(row)),
        key=row.id.to_string(), class_name="assign-row",
    )  # fmt: skip


def _how(row: Candidate) -> Part:
    """In which group, and whether as its primary."""
    return rx.el.div(
        rx.el.select(
            rx.foreach(row.groups, lambda each: rx.el.option(each, value=each)),
            value=row.group, on_change=lambda group: AssignDialog.choose_group(row.id, group),
            aria_label="Group of " + row.face.name.to(str), class_name="input",
        ),
        rx.el.label(
            tick(row.is_primary, "Primary: " + row.face.name.to(str), AssignDialog.toggle_primary(row.id)),
            "Primary", class_name="assign-primary",
        ),
        class_name="assign-how",
    )  # fmt: skip


def _nobody() -> Part:
    return rx.el.p(
        rx.cond(
            AssignDialog.search != "",
            "Nobody who can be assigned has these letters in name, company or role.",
            "Everybody who can be assigned is on this case.",
        ),
        class_name="second",
    )


def _foot() -> Part:
    return rx.el.div(
        rx.el.div(
            rx.el.p(rx.el.strong(AssignDialog.count_said, class_name="numbers"), role="status"),
            rx.el.p(AssignDialog.problem, role="alert", class_name="refusal"),
            class_name="dialog-sum",
        ),
        button("Assign", kind="solid", disabled=AssignDialog.number == 0, on_click=AssignDialog.assign),
        class_name="dialog-foot",
    )


def tick(checked: Any, name: Any, toggle: Any) -> Part:
    """A tick box as the recipient selector has them."""
    return rx.el.button(
        rx.icon("check", size=12, class_name="when-true", aria_hidden="true"),
        role="checkbox", type="button", aria_checked=rx.cond(checked, "true", "false"), aria_label=name, on_click=toggle,
        class_name="tick",
    )  # fmt: skip
