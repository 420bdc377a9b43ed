"""The versions: who saved which when, a look at each, and the way back."""

import reflex as rx

from caseupdates.interface.parts import Part, avatar, badge, button, close_button
from caseupdates.sending.settings.template.rows import VersionRow
from caseupdates.sending.settings.template.state import TemplateEditor


def versions() -> Part:
    return rx.el.section(
        rx.el.h2("Versions"),
        rx.el.div(
            rx.foreach(TemplateEditor.versions, _version),
            rx.cond(TemplateEditor.has_older, rx.fragment(), _standard()),
            class_name="card rows",
        ),
        rx.cond(
            TemplateEditor.has_older,
            rx.el.p(button("Show older versions", on_click=TemplateEditor.show_older), class_name="more"),
        ),
    )  # fmt: skip


def look_dialog() -> Part:
    seen = TemplateEditor.looked_at
    return rx.dialog.root(
        rx.dialog.content(
            rx.el.div(
                rx.dialog.title(f"Version {seen.number}"),
                rx.dialog.description(seen.who.name, " · ", seen.when, class_name="second"),
                class_name="dialog-head",
            ),
            rx.el.div(
                rx.el.p(rx.el.strong(TemplateEditor.looks_like.subject)),
                rx.el.iframe(src_doc=TemplateEditor.looks_like.html, sandbox="", title="How this version reads", class_name="mail-frame"),
                rx.el.h3("As it is written"),
                rx.el.pre(seen.subject, "\n\n", seen.body, class_name="mail-text code-text", tab_index=0),
                class_name="dialog-body stack",
            ),
            rx.el.div(
                rx.el.div(rx.el.p(TemplateEditor.dialog_problem, role="alert", class_name="refusal"),
                    rx.cond(TemplateEditor.is_changed, rx.el.p("What you have typed and not saved is lost.", class_name="second")), class_name="dialog-sum"),
                button("Restore", kind="solid", on_click=TemplateEditor.restore_version),
                class_name="dialog-foot",
            ),
            close_button(),
            class_name="dialog editor",
        ),
        open=TemplateEditor.is_looking,
        on_open_change=TemplateEditor.close,
    )  # fmt: skip


def _version(row: VersionRow, index: int) -> Part:
    return rx.el.div(
        avatar(row.who),
        rx.el.span(
            rx.el.span(f"Version {row.number}", class_name="row-title"),
            rx.el.span(row.who.name, " · ", row.when, class_name="second numbers"),
            class_name="row-main",
        ),
        rx.cond(index == 0, _in_force()),
        button("Look", rx.el.span(f" at version {row.number}", class_name="sr-only"), on_click=TemplateEditor.look_at(row.number)),
        class_name="row",
    )  # fmt: skip


def _standard() -> Part:
    return rx.el.div(
        rx.el.span(rx.icon("mail", size=14, aria_hidden="true"), class_name="avatar gray"),
        rx.el.span(
            rx.el.span("Standard template", class_name="row-title"),
            rx.el.span("Comes with Case Updates. “Reset” puts it in force again; each save adds a version above.", class_name="second"),
            class_name="row-main",
        ),
        rx.cond(TemplateEditor.versions, rx.fragment(), _in_force()),
        class_name="row",
    )  # fmt: skip


def _in_force() -> Part:
    return badge("circle-check", "In force", hue="jade")
