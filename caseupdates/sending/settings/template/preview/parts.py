"""The live preview: HTML, plain text, and as a phone shows it."""

from typing import Any

import reflex as rx

from caseupdates.interface.dialogs import check
from caseupdates.interface.parts import Part
from caseupdates.interface.show import Choice
from caseupdates.sending.settings.template.preview.state import TemplatePreview
from caseupdates.sending.settings.template.rows import Preview


def preview() -> Part:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Preview"),
            rx.segmented_control.root(
                rx.segmented_control.item("HTML", value="html"),
                rx.segmented_control.item("Plain text", value="text"),
                rx.segmented_control.item("Phone", value="phone"),
                value=TemplatePreview.view, on_change=TemplatePreview.show, size="1",
            ),
            class_name="field-head",
        ),
        rx.el.div(
            _choice("Update", "try-update", TemplatePreview.updates, TemplatePreview.update_id, TemplatePreview.choose_update),
            _choice("Recipient", "try-recipient", TemplatePreview.recipients, TemplatePreview.recipient, TemplatePreview.choose_recipient),
            class_name="two",
        ),
        check("With an additional note", "try-note", TemplatePreview.with_note, on_change=TemplatePreview.note),
        rx.el.p(rx.el.span("Subject: ", class_name="second"), rx.el.strong(TemplatePreview.mail.subject), class_name="template-subject"),
        rx.cond(TemplatePreview.problems, rx.el.p("This is the last version without a mistake.", class_name="second")),
        _mail(TemplatePreview.mail, TemplatePreview.view),
        class_name=rx.cond(TemplatePreview.problems, "card section stack template-preview stale", "card section stack template-preview"),
        aria_label="Preview",
    )  # fmt: skip


def _choice(label: str, name: str, options: Any, value: Any, on_change: Any) -> Part:
    drawn = rx.foreach(options, lambda each: _option(each))
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="label"),
        rx.el.select(drawn, id=name, value=value, on_change=on_change, class_name="input"),
        class_name="field",
    )


def _option(each: Choice) -> Part:
    return rx.el.option(each.name, value=each.id)


def _mail(mail: Preview, view: Any) -> Part:
    return rx.cond(
        view == "text",
        rx.el.pre(mail.text, class_name="mail-text", tab_index=0),
        rx.el.iframe(
            src_doc=mail.html, sandbox="", title="Email preview",
            class_name=rx.cond(view == "phone", "mail-frame phone", "mail-frame"),
        ),
    )  # fmt: skip
