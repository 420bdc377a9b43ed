""" "Save these as a group": a quiet button beside the sum, then the name in its place."""

import reflex as rx

from caseupdates.interface.parts import Part, button
from caseupdates.sending.dialog.state import SendDialog


def save_as_group() -> Part:
    return rx.cond(
        SendDialog.is_naming,
        _naming(),
        rx.el.p(
            rx.cond(SendDialog.saved_as != "", rx.el.span("Saved as “", SendDialog.saved_as, "”.", class_name="second")),
            rx.cond(
                (SendDialog.chosen.length() > 1) & (SendDialog.saved_as == ""),
                rx.el.button("Save these as a group", type="button", class_name="link save-group", on_click=SendDialog.begin_naming),
            ),
            role="status", class_name="saving",
        ),
    )  # fmt: skip


def _naming() -> Part:
    return rx.el.form(
        rx.el.input(
            name="group_name", placeholder="Name of the group", aria_label="Name of the group", class_name="input",
            auto_focus=True, max_length=80, auto_complete="off", aria_describedby="naming-problem",
        ),
        button("Save group", type="submit"),
        button("Cancel", on_click=SendDialog.end_naming),
        rx.el.p(SendDialog.naming_problem, id="naming-problem", role="alert", class_name="refusal"),
        on_submit=SendDialog.save_group, no_validate=True, class_name="naming",
    )  # fmt: skip
