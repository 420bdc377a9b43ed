"""The preview, in the place of the note."""

import reflex as rx

from caseupdates.interface.parts import Part, button
from caseupdates.sending.dialog.state import SendDialog


def preview() -> Part:
    return rx.el.div(
        rx.el.div(
            rx.el.label("As ", html_for="preview-of", class_name="sr-only"),
            rx.el.select(
                rx.foreach(SendDialog.readers, lambda row: rx.el.option(row.face.name, value=row.id.to_string())),
                id="preview-of", value=SendDialog.preview_of, on_change=SendDialog.preview, class_name="input", aria_label="Preview as",
            ),
            button("Back to the note", on_click=SendDialog.end_preview),
            class_name="preview-head",
        ),
        rx.el.p(rx.el.strong(SendDialog.preview_subject)),
        rx.el.iframe(src_doc=SendDialog.preview_html, sandbox="", title="Email preview", class_name="mail-frame"),
        class_name="stack preview-pane",
    )  # fmt: skip
