"""The button "New" and the editor's dialog."""

import reflex as rx

from caseupdates.files.parts import file_line, uploader
from caseupdates.interface.parts import Part, button, close_button, field
from caseupdates.updates.editor.access_group.parts import access_group
from caseupdates.updates.editor.state import Editor


def new_menu() -> Part:
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            button(rx.icon("plus", size=15, aria_hidden="true"), "New", rx.icon("chevron-down", size=14, aria_hidden="true"), kind="solid")
        ),
        rx.dropdown_menu.content(
            rx.dropdown_menu.item(rx.icon("notebook-pen", size=15, aria_hidden="true"), "Update", on_select=Editor.open_new),
            align="end",
        ),
        modal=False,
    )  # fmt: skip


def editor_dialog() -> Part:
    return rx.dialog.root(
        rx.dialog.content(
            rx.el.div(
                rx.dialog.title(Editor.heading),
                rx.dialog.description(_where_from(), class_name="second"),
                class_name="dialog-head",
            ),
            rx.el.div(_fields(), class_name="dialog-body stack"),
            rx.el.div(
                rx.el.div(
                    rx.el.p(Editor.problem, role="alert", class_name="refusal"),
                    rx.cond(Editor.problem == "", rx.el.p(Editor.saved, class_name="second", role="status")),
                    class_name="dialog-sum",
                ),
                button("Save Update", kind="solid", on_click=Editor.save),
                class_name="dialog-foot",
            ),
            close_button(),
            class_name="dialog editor",
        ),
        open=Editor.is_open & (Editor.opened_on == Editor.case_number),
        on_open_change=Editor.close,
    )


def _where_from() -> Part:
    return rx.el.span(
        rx.cond(
            Editor.draft_from != "",
            rx.el.span(
                "Your draft from ", Editor.draft_from, ". ",
                rx.el.button("Discard it", class_name="link", type="button", on_click=Editor.discard),
            ),
            rx.cond(
                Editor.is_edit,
                rx.cond(
                    Editor.without_validation != "",
                    "A saved edit is a new revision. What was sent stays as it was sent.",
                    "A saved edit is a new revision and must be validated again. What was sent stays as it was sent.",
                ),
                rx.cond(
                    Editor.without_validation != "",
                    "Whoever may see this access group's updates sees it on the case as soon as it is saved.",
                    "Nobody gets this before it is validated and sent.",
                ),
            ),
        )
    )  # fmt: skip


def _fields() -> Part:
    return rx.fragment(
        field("Title", _typed("title", Editor.title, Editor.type_title, max_length=200), html_for="title"),
        rx.el.div(
            rx.el.div(
                rx.el.label("Body", html_for="body", class_name="label"),
                rx.segmented_control.root(
                    rx.segmented_control.item("Write", value="write"),
                    rx.segmented_control.item("Preview", value="preview"),
                    value=rx.cond(Editor.is_preview, "preview", "write"),
                    on_change=Editor.show, size="1",
                ),
                class_name="field-head",
            ),
            rx.cond(
                Editor.is_preview,
                rx.el.div(
                    rx.cond(Editor.html != "", rx.html(Editor.html, class_name="text"), rx.el.p("Nothing written yet.", class_name="second")),
                    class_name="input preview", role="region", aria_label="Preview", tab_index=0,
                ),
                _typed("body", Editor.body, Editor.type_body, is_area=True),
            ),
            rx.el.p("Markdown: **bold**, *italic*, - lists, > quotes, | tables |", class_name="hint"),
            class_name="field",
        ),
        access_group(),
        rx.cond(Editor.may_upload | (Editor.files.length() > 0), _files()),
    )  # fmt: skip


def _files() -> Part:
    return rx.el.div(
        rx.el.span("Files", class_name="label", id="files-label"),
        rx.cond(
            Editor.files,
            rx.el.ul(
                rx.foreach(
                    Editor.files,
                    lambda file: file_line(
                        file,
                        rx.el.button("Remove", rx.el.span(" ", file.name, class_name="sr-only"), type="button", class_name="link", on_click=Editor.take_out(file.id)),
                    ),
                ),
                class_name="file-lines", aria_labelledby="files-label",
            ),
        ),
        rx.cond(Editor.may_upload, uploader(Editor.upload_path, Editor.look_at_files, hint="or drop them here")),
        class_name="field",
    )  # fmt: skip


def _typed(name: str, value: rx.Var, changed: rx.EventHandler, *, is_area: bool = False, **props: object) -> Part:
    control = rx.el.textarea if is_area else rx.el.input
    return rx.debounce_input(
        control(id=name, value=value, on_change=changed, class_name="input", **props), debounce_timeout=400
    )
