"""`/settings/email-template`: the text on the left, what it makes of an update on the right, its versions below."""

import reflex as rx

from caseupdates.interface.dialogs import ask_dialog
from caseupdates.interface.parts import Part, button, skeleton
from caseupdates.interface.settings_page import settings_page
from caseupdates.sending.settings.template.parts import editor
from caseupdates.sending.settings.template.preview.parts import preview
from caseupdates.sending.settings.template.state import TemplateEditor
from caseupdates.sending.settings.template.versions.parts import look_dialog, versions


def template_page() -> Part:
    return settings_page(
        "Email template",
        "How every case update reads in the mailbox, from the next sending on. What was sent stays as it was sent.",
        rx.cond(
            TemplateEditor.opening > 0,
            rx.fragment(rx.el.div(editor(), preview(), class_name="template"), versions()),
            skeleton(2),
        ),
        look_dialog(),
        ask_dialog(
            "Reset the email template?",
            "The standard template is in force again at once. Saved versions stay in the list; what you have typed "
            "and not saved is lost.",
            "Reset", is_open=TemplateEditor.asks_reset, on_act=TemplateEditor.reset_template,
            on_close=TemplateEditor.ask_reset, problem=TemplateEditor.dialog_problem,
        ),
        acts=button("Reset", on_click=TemplateEditor.ask_reset(True)),
    )  # fmt: skip
