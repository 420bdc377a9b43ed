"""`/settings/clients`."""

import reflex as rx

from caseupdates.interface.dialogs import ask_dialog, entry, form_dialog
from caseupdates.interface.parts import Part, bar_button, button, empty, search_field, skeleton
from caseupdates.interface.settings_page import settings_page
from caseupdates.interface.show import Choice
from caseupdates.people.settings.clients.rows import ClientRow
from caseupdates.people.settings.clients.state import Clients


def clients_page() -> Part:
    return settings_page(
        "Clients",
        "The companies cases are worked for. Their contacts receive updates of the cases they are assigned to.",
        rx.el.div(search_field("Search clients", Clients.search, Clients.find), class_name="list-head"),
        rx.cond(
            Clients.is_loaded,
            rx.cond(
                Clients.clients,
                rx.el.div(rx.foreach(Clients.clients, _client), class_name="card rows", custom_attrs={"role": "list"}),
                _none(),
            ),
            skeleton(1),
        ),
        rx.cond(Clients.has_more, rx.el.p(button("Show more", on_click=Clients.show_more), class_name="more")),
        _form(),
        ask_dialog(
            rx.el.span("Remove “", Clients.chosen.name, "”?"), "It leaves the list. A client with cases or contacts stays.", "Remove",
            is_open=Clients.is_asking, on_act=Clients.remove, on_close=Clients.close, problem=Clients.problem,
        ),
        acts=button(rx.icon("plus", size=15, aria_hidden="true"), "Add client", kind="solid", on_click=Clients.open_new),
    )  # fmt: skip


def _none() -> Part:
    return rx.cond(
        Clients.search != "",
        empty("search-x", "No client matches", "No name contains “", Clients.search, "”."),
        empty("briefcase", "No clients yet", "Add the first with “Add client”: a case is worked for one, and a contact belongs to one."),
    )  # fmt: skip


def _client(client: ClientRow) -> Part:
    return rx.el.div(
        rx.el.div(
            rx.el.span(client.name, class_name="row-title"),
            rx.el.span(client.says, class_name="second numbers"),
            rx.el.span(
                rx.foreach(client.contacts, _contact),
                rx.cond(client.more != "", rx.el.span(client.more)),
                rx.link(rx.icon("plus", size=12, aria_hidden="true"), "Add contact", rx.el.span(" of ", client.name, class_name="sr-only"), href=client.add_path),
                class_name="second row-links",
            ),
            class_name="row-main",
        ),
        rx.el.div(
            bar_button("pencil", _of("Rename", client), on_click=Clients.open_edit(client.id)),
            bar_button("trash-2", _of("Remove", client), on_click=Clients.ask_remove(client.id)),
            class_name="row-acts",
        ),
        class_name="row rule-row", custom_attrs={"role": "listitem"},
    )  # fmt: skip


def _contact(contact: Choice) -> Part:
    return rx.link(contact.name, href="/settings/people/" + contact.id)


def _of(act: str, client: ClientRow) -> Part:
    """The word, and for a screen reader whose it is."""
    return rx.fragment(act, rx.el.span(" ", client.name, class_name="sr-only"))


def _form() -> Part:
    return form_dialog(
        rx.cond(Clients.chosen.id > 0, "Rename client", "Add client"),
        "Cases, contacts and the email template show this name.",
        entry("Name", "client-name", Clients.chosen.name, max_length=200, auto_complete="organization"),
        is_open=Clients.is_open, key=Clients.opened.to_string(), problem=Clients.problem,
        on_submit=Clients.save, on_close=Clients.close,
    )  # fmt: skip
