"""The tab "Assigned": people by group, and when each last opened the case."""

import reflex as rx

from caseupdates.cases.assigned.dialog.state import AssignDialog
from caseupdates.cases.assigned.rows import GroupRows, OnIt
from caseupdates.cases.assigned.state import Assigned
from caseupdates.interface.dialogs import ask_dialog
from caseupdates.interface.parts import Part, avatar, badge, button, empty


def assigned_tab() -> Part:
    return rx.cond(
        Assigned.groups,
        rx.el.div(
            rx.el.div(
                rx.el.p("Who is on this case, and when each last opened it.", class_name="second"),
                rx.cond(Assigned.may_arrange, _assign_button()),
                class_name="list-head first",
            ),
            rx.foreach(Assigned.groups, _group),
            class_name="assigned",
        ),
        empty(
            "users", "Nobody is assigned yet", "Assign who works this case, and the client’s contacts who receive its updates.",
            rx.cond(Assigned.may_arrange, rx.el.span(_assign_button(), class_name="empty-act")),
        ),
    )  # fmt: skip


def remove_dialog() -> Part:
    return ask_dialog(
        f"Remove {Assigned.removing_who} from this case?",
        Assigned.removing_says,
        "Remove",
        is_open=Assigned.removing > 0,
        on_act=Assigned.remove,
        on_close=Assigned.keep,
    )


def _assign_button() -> Part:
    return button(rx.icon("user-plus", size=15, aria_hidden="true"), "Assign people", on_click=AssignDialog.open)


def _group(group: GroupRows) -> Part:
    return rx.el.section(
        rx.el.h2(group.name, rx.el.span(group.people.length(), class_name="tab-count"), class_name="group-name"),
        rx.el.div(rx.foreach(group.people, _person), class_name="card rows", custom_attrs={"role": "list"}),
        key=group.name, aria_label=group.name,
    )  # fmt: skip


def _person(row: OnIt) -> Part:
    return rx.el.div(
        avatar(row.face, "large"),
        rx.el.span(
            rx.el.span(rx.el.span(row.face.name, class_name="row-title"), rx.cond(row.is_primary, badge("star", "Primary", hue="gray")), class_name="name-line"),
            rx.el.span(row.about, class_name="second"),
            class_name="row-main",
        ),
        rx.el.span("Last viewed: ", rx.el.span(row.viewed, class_name="numbers"), class_name="second when"),
        rx.cond(Assigned.may_arrange, _menu(row)),
        key=row.id.to_string(), class_name="row on-case", custom_attrs={"role": "listitem"},
    )  # fmt: skip


def _menu(row: OnIt) -> Part:
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            rx.el.button(
                rx.icon("ellipsis", size=17, aria_hidden="true"), aria_label="Actions for " + row.face.name.to(str),
                class_name="icon-button", type="button",
            )
        ),
        rx.dropdown_menu.content(
            rx.cond(~row.is_primary, rx.dropdown_menu.item("Make primary", on_select=Assigned.make_primary(row.id))),
            rx.foreach(row.moves, lambda group: rx.dropdown_menu.item("Move to " + group.to(str), on_select=Assigned.move(row.id, group))),
            rx.dropdown_menu.separator(),
            rx.dropdown_menu.item("Remove", class_name="red-item", on_select=Assigned.ask_remove(row.id)),
            align="end",
        ),
        modal=False,
    )  # fmt: skip
