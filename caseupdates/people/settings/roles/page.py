"""`/settings/roles`."""

import reflex as rx

from caseupdates.interface.dialogs import ask_dialog, check, entry, form_dialog
from caseupdates.interface.parts import Part, badge, bar_button, button, skeleton
from caseupdates.interface.settings_page import settings_page
from caseupdates.people.settings.roles.rows import PermissionBox, RoleRow
from caseupdates.people.settings.roles.state import Roles


def roles_page() -> Part:
    return settings_page(
        "Roles",
        "What each role may do on the cases its holders see. Which updates they see there is set by the access groups.",
        rx.cond(
            Roles.is_loaded,
            rx.el.div(rx.foreach(Roles.roles, _role), class_name="card rows", custom_attrs={"role": "list"}),
            skeleton(1),
        ),
        _form(),
        ask_dialog(
            rx.el.span("Remove “", Roles.chosen.name, "”?"), "It leaves the list. A role that somebody holds stays.", "Remove",
            is_open=Roles.is_asking, on_act=Roles.remove, on_close=Roles.close, problem=Roles.problem,
        ),
        acts=button(rx.icon("plus", size=15, aria_hidden="true"), "Add role", kind="solid", on_click=Roles.open_new),
    )  # fmt: skip


def _role(role: RoleRow) -> Part:
    return rx.el.div(
        rx.el.div(
            rx.el.span(role.name, class_name="row-title"), rx.el.span(role.says, class_name="second"), class_name="row-main"
        ),
        badge("users", role.people, hue="gray"),
        rx.el.div(
            bar_button("pencil", _of("Edit", role), on_click=Roles.open_edit(role.id)),
            rx.cond(
                role.is_ready,
                rx.el.span(class_name="no-act"),
                bar_button("trash-2", _of("Remove", role), on_click=Roles.ask_remove(role.id)),
            ),
            class_name="row-acts",
        ),
        class_name="row rule-row", custom_attrs={"role": "listitem"},
    )  # fmt: skip


def _of(act: str, role: RoleRow) -> Part:
    """The word, and for a screen reader whose it is."""
    return rx.fragment(act, rx.el.span(" ", role.name, class_name="sr-only"))


def _form() -> Part:
    ready = "It comes with the product and keeps its name."
    return form_dialog(
        rx.cond(Roles.chosen.id > 0, "Edit role", "Add role"),
        rx.cond(
            Roles.chosen.id > 0,
            rx.el.span("A change holds at once for everybody who holds it: ", Roles.chosen.people, "."),
            "People get it on their own page under People.",
        ),
        rx.cond(
            Roles.chosen.is_ready,
            entry("Name", "role-name", Roles.chosen.name, hint=ready, disabled=True),
            entry("Name", "role-name", Roles.chosen.name, max_length=200, auto_complete="off"),
        ),
        rx.el.fieldset(
            rx.el.legend("Holders may"), rx.foreach(Roles.chosen.boxes, _box),
            rx.el.p("A role that a contact holds may only create updates and upload files.", class_name="hint"),
            class_name="checks",
        ),
        is_open=Roles.is_open, key=Roles.opened.to_string(), problem=Roles.problem,
        on_submit=Roles.save, on_close=Roles.close,
    )  # fmt: skip


def _box(box: PermissionBox) -> Part:
    """A box that cannot be unticked is sent all the same."""
    return rx.cond(
        box.is_kept,
        rx.fragment(
            rx.el.input(type="hidden", name=box.name, value="on"),
            check(box.label, "", True, hint=box.meaning, disabled=True),
        ),
        check(box.label, box.name, box.is_ticked, hint=box.meaning),
    )
