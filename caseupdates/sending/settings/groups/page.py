"""`/settings/distribution-groups`."""

import reflex as rx

from caseupdates.interface.dialogs import ask_dialog
from caseupdates.interface.parts import Part, bar_button, button, skeleton
from caseupdates.interface.settings_page import settings_page
from caseupdates.sending.settings.groups.editor.parts import editor_dialog
from caseupdates.sending.settings.groups.editor.state import GroupEditor
from caseupdates.sending.settings.groups.rows import GroupLine
from caseupdates.sending.settings.groups.state import Groups


def groups_page() -> Part:
    return settings_page(
        "Distribution groups", "People who are chosen with one tick when an update is sent. A rule finds its people on each case anew.",
        rx.cond(Groups.is_loaded, rx.cond(Groups.groups, _list(), _nothing()), skeleton(1)),
        editor_dialog(),
        ask_dialog(
            f"Remove “{Groups.removing_name}”?",
            "Nobody loses anything: its people stay, and what was sent to them stays sent. It can no longer be ticked.",
            "Remove group", is_open=Groups.removing > 0, on_act=Groups.remove, on_close=Groups.close_remove,
        ),
        acts=rx.cond(Groups.groups, _new()),
    )  # fmt: skip


def _new() -> Part:
    return button(
        rx.icon("plus", size=15, aria_hidden="true"), "New group", kind="solid", on_click=GroupEditor.open_new
    )


def _nothing() -> Part:
    return rx.el.div(
        rx.icon("send", size=22, aria_hidden="true"),
        rx.el.p("No distribution groups yet", class_name="empty-title"),
        rx.el.p(
            "Name people who often get updates together, or let a rule find them on each case.", class_name="second"
        ),
        _new(),
        class_name="empty",
    )


def _list() -> Part:
    return rx.el.div(rx.foreach(Groups.groups, _row), class_name="card rows", custom_attrs={"role": "list"})


def _row(group: GroupLine) -> Part:
    return rx.el.div(
        rx.el.span(
            rx.el.span(group.name, class_name="row-title"),
            rx.cond(group.rules != "", rx.el.span(group.rules, class_name="second")),
            rx.cond(group.people != "", rx.el.span(group.people, class_name="second")),
            class_name="row-main",
        ),
        rx.el.span(
            bar_button("pencil", "Edit", on_click=GroupEditor.open_edit(group.id), aria_label="Edit " + group.name.to(str)),
            bar_button("trash-2", "Remove", on_click=Groups.ask_remove(group.id), aria_label="Remove " + group.name.to(str)),
            class_name="row-acts",
        ),
        class_name="row group-row", custom_attrs={"role": "listitem"},
    )  # fmt: skip
