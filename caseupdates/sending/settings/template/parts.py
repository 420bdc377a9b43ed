"""The editor, what is wrong in it, and the variables to put into it."""

import reflex as rx

from caseupdates.interface.parts import Part, button
from caseupdates.sending.settings.template.rows import ProblemRow
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
