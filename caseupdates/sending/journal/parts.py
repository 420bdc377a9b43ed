""" "Show Recipients" at the bottom of an update."""

from typing import Any

import reflex as rx

from caseupdates.interface.parts import Part, avatar, bar_button
from caseupdates.sending.dialog.state import SendDialog
from caseupdates.sending.journal.state import Journal, RecipientRow, SendingRow

STEPS = ("Queued", "Accepted", "Delivered", "Read")


def show_recipients(update_id: Any) -> Part:
    is_open = Journal.shown == update_id
    return rx.el.button(
        rx.cond(is_open, "Hide Recipients", "Show Recipients"),
        rx.icon("chevron-down", size=14, class_name=rx.cond(is_open, "chevron up", "chevron"), aria_hidden="true"),
        type="button", class_name="bar-button accent", on_click=Journal.toggle(update_id),
        aria_expanded=rx.cond(is_open, "true", "false"),
    )  # fmt: skip


def recipients_panel(update_id: Any, *, may_send: Any) -> Part:
    return rx.cond(
        Journal.shown == update_id,
        rx.el.section(
            rx.foreach(Journal.sendings, lambda sending: _sending(sending, update_id, may_send)),
            class_name="recipients",
            aria_label="Recipients",
        ),
    )


def _sending(sending: SendingRow, update_id: Any, may_send: Any) -> Part:
    return rx.el.div(
        rx.el.div(
            rx.el.p(rx.el.strong("Recipients"), rx.el.span(sending.head, class_name="second")),
            rx.cond(may_send, bar_button("send", "Send again", on_click=SendDialog.open_again(update_id, sending.people))),
            class_name="sending-head",
        ),
        rx.cond(sending.note != "", rx.el.blockquote(sending.note, class_name="sending-note second")),
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Person", scope="col"),
                    rx.el.th(
                        rx.el.span(*(rx.el.span(step) for step in STEPS), class_name="ladder-steps"), scope="col", class_name="wide-only"
                    ),
                    rx.el.th("Now", scope="col"),
                    rx.el.th("When", scope="col"),
                )
            ),
            rx.el.tbody(rx.foreach(sending.recipients, _recipient)),
            class_name="ladder-table",
        ),
        class_name=rx.cond(sending.is_undone, "sending undone", "sending"),
    )  # fmt: skip


def _recipient(row: RecipientRow) -> Part:
    return rx.el.tr(
        rx.el.td(
            rx.el.div(
                avatar(row.face),
                rx.el.div(rx.el.p(row.face.name, class_name="person-name"), rx.el.p(row.group, class_name="second")),
                class_name="person-line",
            )
        ),
        rx.el.td(
            rx.el.span(
                rx.foreach(row.dots, lambda dot: rx.el.span(class_name="dot " + dot.to(str))), class_name="ladder", aria_hidden="true"
            ),
            class_name="wide-only",
        ),
        rx.el.td(
            rx.el.span(row.now, class_name="badge " + row.hue.to(str)),
            rx.cond(row.detail != "", rx.el.p(row.detail, class_name="second")),
            rx.cond(row.parked > 0, rx.el.button("Try again", type="button", class_name="link", on_click=Journal.try_again(row.parked))),
        ),
        rx.el.td(row.when, class_name="second numbers"),
    )  # fmt: skip
