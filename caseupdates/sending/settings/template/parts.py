"""The editor with its variables, the live preview, the versions."""

from typing import Any

import reflex as rx

from caseupdates.interface.dialogs import check
from caseupdates.interface.parts import Part, avatar, badge, button, close_button
from caseupdates.interface.show import Choice
from caseupdates.sending.settings.template.rows import Preview, ProblemRow, VersionRow
from caseupdates.sending.settings.template.state import TemplateEditor
from caseupdates.sending.template.variables import OBJECTS, Variable

PAUSE = 400  # milliseconds without a key until the preview follows
TAKES = {"data-takes-variables": ""}


def editor() -> Part:
    return rx.el.form(
        rx.el.div(
            rx.el.label("Subject", html_for="subject", class_name="label"),
            rx.el.input(
                id="subject", name="subject", default_value=TemplateEditor.subject, class_name="input code-text", auto_complete="off",
                on_change=TemplateEditor.type_subject.debounce(PAUSE), custom_attrs=TAKES,
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.label("Body", html_for="body", class_name="label"),
            rx.el.textarea(
                id="body", name="body", default_value=TemplateEditor.body, class_name="input code-text", rows="20",
                on_change=TemplateEditor.type_body.debounce(PAUSE), aria_describedby="body-hint", custom_attrs=TAKES,
            ),
            rx.el.div(rx.foreach(TemplateEditor.problems, _problem), class_name="problems", role="status"),
            _hint(),
            class_name="field",
        ),
        rx.el.div(
            button("Save", kind="solid", type="submit"),
            rx.cond(TemplateEditor.is_changed, rx.el.span("Not saved yet", class_name="second", custom_attrs={"data-unsaved": ""})),
            rx.el.p(TemplateEditor.refusal, role="alert", class_name="refusal"),
            class_name="section-foot",
        ),
        _variables(),
        on_submit=TemplateEditor.save, key=TemplateEditor.opening.to_string(), no_validate=True, class_name="card section stack",
    )  # fmt: skip


def preview() -> Part:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Preview"),
            rx.segmented_control.root(
                rx.segmented_control.item("HTML", value="html"),
                rx.segmented_control.item("Plain text", value="text"),
                rx.segmented_control.item("Phone", value="phone"),
                value=TemplateEditor.view, on_change=TemplateEditor.show, size="1",
            ),
            class_name="field-head",
        ),
        rx.el.div(
            _choice("Update", "try-update", TemplateEditor.updates, TemplateEditor.update_id, TemplateEditor.choose_update),
            _choice("Recipient", "try-recipient", TemplateEditor.recipients, TemplateEditor.recipient, TemplateEditor.choose_recipient),
            class_name="two",
        ),
        check("With an additional note", "try-note", TemplateEditor.with_note, on_change=TemplateEditor.note),
        rx.el.p(rx.el.span("Subject: ", class_name="second"), rx.el.strong(TemplateEditor.mail.subject), class_name="template-subject"),
        rx.cond(TemplateEditor.problems, rx.el.p("This is the last version without a mistake.", class_name="second")),
        _mail(TemplateEditor.mail, TemplateEditor.view),
        class_name=rx.cond(TemplateEditor.problems, "card section stack template-preview stale", "card section stack template-preview"),
        aria_label="Preview",
    )  # fmt: skip


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
                rx.el.div(rx.el.p(TemplateEditor.dialog_problem, role="alert", class_name="refusal"), class_name="dialog-sum"),
                button("Restore", kind="solid", on_click=TemplateEditor.restore_version),
                class_name="dialog-foot",
            ),
            close_button(),
            class_name="dialog editor",
        ),
        open=TemplateEditor.is_looking,
        on_open_change=TemplateEditor.close,
    )  # fmt: skip


def _hint() -> Part:
    examples = {
        "Markdown": "# heading, ###### small print, **bold**, - list",
        "Condition": "{% if Update.attachments %} … {% else %} … {% endif %}",
        "Filters": '{{Case.title|truncate(40)}}, {{Client.name|default("you")}}',
    }
    lines = (rx.el.span(f"{name}: ", rx.el.code(example)) for name, example in examples.items())
    return rx.el.p(*lines, id="body-hint", class_name="hint lines")


def _problem(row: ProblemRow) -> Part:
    return rx.el.p(
        rx.icon("circle-alert", size=15, aria_hidden="true"),
        rx.el.span(row.says),
        rx.cond(
            row.line > 0,
            rx.el.button(
                "Show", rx.el.span(f" line {row.line}", class_name="sr-only"), type="button", class_name="link",
                custom_attrs={"data-line": row.line.to_string()},
            ),
        ),
        class_name="problem",
    )  # fmt: skip


def _variables() -> Part:
    return rx.el.div(
        rx.el.p(rx.el.span("Variables", class_name="label"), rx.el.span(" Press one to put it where you write.", class_name="second")),
        rx.el.dl(
            *(
                rx.el.div(rx.el.dt(name), rx.el.dd(*(_variable(each) for each in fields)), class_name="variables-of")
                for name, fields in OBJECTS.items()
            ),
            class_name="variables",
        ),
        class_name="field",
    )  # fmt: skip


def _variable(variable: Variable) -> Part:
    return rx.el.button(
        variable.field, type="button", aria_label=f"Insert {variable.name}", title=variable.says.capitalize(),
        class_name="chip-button", custom_attrs={"data-insert": f"{{{{{variable.name}}}}}"},
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
