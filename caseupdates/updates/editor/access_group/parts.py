"""The field "Access Group" of the editor."""

import reflex as rx

from caseupdates.interface.parts import Part, field
from caseupdates.updates.editor.state import Editor


def access_group() -> Part:
    """The list to choose from; beneath it what the chosen group asks for, or whom to ask where there is none."""
    return rx.cond(Editor.no_group != "", _no_group(), _list())


def _list() -> Part:
    needs_none = rx.el.span(
        "Updates in “", Editor.without_validation, "” need no validation: this one can be sent as soon as it is saved."
    )
    return field(
        "Access Group",
        rx.el.select(
            rx.cond(Editor.group == "", rx.el.option("Choose who may see it", value="")),
            rx.foreach(Editor.groups, lambda each: rx.el.option(each.name, value=each.id)),
            id="access-group", value=Editor.group, on_change=Editor.choose_group, class_name="input",
            aria_describedby="access-group-hint",
        ),
        hint=rx.el.span(
            rx.cond(Editor.without_validation != "", needs_none, "Who may see this update."),
            id="access-group-hint", custom_attrs={"aria-live": "polite"},
        ),
        html_for="access-group",
    )  # fmt: skip


def _no_group() -> Part:
    """Nothing to choose from: who can change that, and where."""
    return rx.el.p(
        rx.icon("eye-off", size=15, aria_hidden="true"),
        rx.el.span(
            Editor.no_group, ". What you type is kept as a draft.",
            rx.cond(Editor.may_manage, rx.el.span(" ", rx.link("Access groups", href="/settings/access-groups"))),
        ),
        class_name="no-group",
    )  # fmt: skip
