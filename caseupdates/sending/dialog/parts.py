"""The dialog "Send Update": who on the left, what on the right, the sum and the act at the bottom."""

import reflex as rx

from caseupdates.interface.parts import Part, button, close_button, search_field
from caseupdates.sending.dialog.files.parts import files_part
from caseupdates.sending.dialog.preview.parts import preview
from caseupdates.sending.dialog.state import SendDialog
from caseupdates.sending.selector.parts import selector
from caseupdates.sending.selector.saving.parts import save_as_group


def send_dialog() -> Part:
    return rx.dialog.root(
        rx.dialog.content(
            _head(),
            rx.el.div(
                rx.el.div(
                    search_field("Find a person or a group", SendDialog.search, SendDialog.find),
                    selector(),
                    class_name="who",
                ),
                rx.el.div(rx.cond(SendDialog.preview_of != "", preview(), _what()), class_name="what"),
                class_name=rx.cond(SendDialog.is_second_step, "who-and-what second-step", "who-and-what"),
            ),
            _foot(),
            close_button(),
            class_name="dialog send",
        ),
        open=SendDialog.is_open & (SendDialog.opened_on == SendDialog.case_number),
        on_open_change=SendDialog.close,
    )


def _head() -> Part:
    return rx.el.div(
        rx.dialog.title("Send Update"),
        rx.dialog.description(SendDialog.title, class_name="second"),
        class_name="dialog-head",
    )  # fmt: skip


def _what() -> Part:
    return rx.el.div(_note(), rx.cond(SendDialog.files, files_part()), class_name="stack")


def _note() -> Part:
    return rx.el.div(
        rx.el.label("Additional Note", html_for="note", class_name="label"),
        rx.el.textarea(
            id="note",
            default_value=SendDialog.note,
            on_blur=SendDialog.keep_note,
            class_name="input",
            rows="4",
            max_length=5000,
        ),
        rx.el.p("Stands above the update, unless the email template places it.", class_name="hint"),
        class_name="field",
    )


def _foot() -> Part:
    number = SendDialog.chosen.length()
    return rx.el.div(
        rx.el.div(
            rx.el.p(
                rx.el.strong(SendDialog.count_said, class_name="numbers"), rx.el.span(SendDialog.sum_said, class_name="second"),
                role="status",
            ),
            rx.el.p(SendDialog.problem, role="alert", class_name="refusal"),
            save_as_group(),
            class_name="dialog-sum",
        ),
        rx.cond(
            SendDialog.is_second_step,
            button("Back", class_name="button plain narrow-only", on_click=SendDialog.step(False)),
            button("Next", class_name="button solid narrow-only", disabled=number == 0, on_click=SendDialog.step(True)),
        ),
        button("Preview", class_name="button plain last-step", disabled=number == 0, on_click=SendDialog.preview(0)),
        button(
            rx.icon("send", size=15, aria_hidden="true"),
            rx.el.span("Send", rx.cond(number > 0, rx.el.span(f" to {number}", aria_hidden="true"))),
            class_name="button solid last-step", disabled=number == 0, on_click=SendDialog.send,
        ),
        class_name=rx.cond(SendDialog.is_second_step, "dialog-foot second-step", "dialog-foot"),
    )  # fmt: skip
