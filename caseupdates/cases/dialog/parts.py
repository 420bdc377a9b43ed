"""The button "New" above the list of cases, the menu "More" of a case, and their dialogs."""

import reflex as rx

from caseupdates.cases.dialog.state import NEW_CLIENT, CaseDialog
from caseupdates.cases.numbers import LENGTH
from caseupdates.cases.opening import TITLE_LENGTH, TYPE_LENGTH
from caseupdates.interface.dialogs import ask_dialog, entry, form_dialog
from caseupdates.interface.parts import Part, button


def new_case_menu() -> Part:
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            button(rx.icon("plus", size=15, aria_hidden="true"), "New", rx.icon("chevron-down", size=14, aria_hidden="true"), kind="solid")
        ),
        rx.dropdown_menu.content(
            rx.dropdown_menu.item(rx.icon("folder-plus", size=15, aria_hidden="true"), "Case", on_select=CaseDialog.open_new),
            align="end",
        ),
        modal=False,
    )  # fmt: skip


def case_menu(is_open: rx.Var) -> Part:
    """What can be done to the case itself."""
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            button("More", rx.icon("chevron-down", size=14, aria_hidden="true"))
        ),
        rx.dropdown_menu.content(
            rx.dropdown_menu.item(rx.icon("pencil", size=15, aria_hidden="true"), "Edit case", on_select=CaseDialog.open_edit),
            rx.cond(
                is_open,
                rx.dropdown_menu.item(rx.icon("archive", size=15, aria_hidden="true"), "Close case", on_select=CaseDialog.ask_close),
                rx.dropdown_menu.item(rx.icon("archive-restore", size=15, aria_hidden="true"), "Reopen case", on_select=CaseDialog.reopen),
            ),
            align="end",
        ),
        modal=False,
    )  # fmt: skip


def new_case_dialog() -> Part:
    return _dialog(
        "New Case", "Assign people next: until then only those with full access see it.", "Open case",
        CaseDialog.is_open & (CaseDialog.about == ""),
    )  # fmt: skip


def edit_case_dialog() -> Part:
    return _dialog(
        "Edit Case", "Everybody on the case sees what it is called at once.", "Save",
        CaseDialog.is_open & (CaseDialog.about != "") & (CaseDialog.about == CaseDialog.case_number),
    )  # fmt: skip


def close_case_dialog() -> Part:
    return ask_dialog(
        "Close this case?",
        rx.fragment(CaseDialog.closing_ends, "It stays in the list, and can be opened again at any time."),
        "Close case",
        is_open=(CaseDialog.closing != "") & (CaseDialog.closing == CaseDialog.case_number),
        on_act=CaseDialog.close_case,
        on_close=CaseDialog.keep_open,
    )


def _dialog(title: str, says: str, save: str, is_open: rx.Var) -> Part:
    return form_dialog(
        title, says,
        entry("Title", "title", CaseDialog.title, max_length=TITLE_LENGTH, auto_complete="off"),
        rx.el.div(
            entry("Case number", "number", CaseDialog.number, max_length=LENGTH, auto_complete="off"),
            entry("Type", "case-type", CaseDialog.case_type, max_length=TYPE_LENGTH, list="case-types", auto_complete="off"),
            class_name="two",
        ),
        rx.el.datalist(rx.foreach(CaseDialog.types, lambda each: rx.el.option(value=each)), id="case-types"),
        _client(),
        is_open=is_open, key=CaseDialog.opening.to_string(), problem=CaseDialog.problem,
        on_submit=CaseDialog.save, on_close=CaseDialog.close, save=save,
    )  # fmt: skip


def _client() -> Part:
    """The client, of the list or a new one; with none, and nobody here who may add one, whom to ask."""
    new = rx.el.option(NEW_CLIENT.name, value=NEW_CLIENT.id)
    chosen = rx.el.div(
        rx.el.label("Client", html_for="client", class_name="label"),
        rx.el.select(
            rx.cond(CaseDialog.clients, rx.el.option("Choose a client", value="")),
            rx.foreach(CaseDialog.clients, lambda each: rx.el.option(each.name, value=each.id)),
            rx.cond(CaseDialog.may_add_clients, new),
            id="client", name="client", default_value=CaseDialog.client, class_name="input",
        ),
        class_name="field",
    )  # fmt: skip
    return rx.cond(
        CaseDialog.may_add_clients | (CaseDialog.clients.length() > 0),
        rx.el.div(
            chosen,
            rx.cond(CaseDialog.may_add_clients, entry("Name of the new client", "new-client", max_length=100, auto_complete="off")),
            class_name="stack client-choice",
        ),
        rx.el.p(
            f"A case is worked for a client, and there is none yet. Ask {CaseDialog.ask} to add the first.", class_name="second no-clients"
        ),
    )  # fmt: skip
