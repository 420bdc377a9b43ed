""" "Show Recipients" at the bottom of an update."""

from typing import Any

import reflex as rx

from caseupdates.interface.parts import Part, avatar, bar_button, button
from caseupdates.sending.dialog.state import SendDialog
from caseupdates.sending.journal.rows import EventRow, RecipientRow, SendingRow
from caseupdates.sending.journal.state import Journal


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
            rx.el.span(
                rx.cond(may_send, bar_button("send", "Send again", on_click=SendDialog.open_again(update_id, sending.people))),
                rx.cond(sending.can_extend, bar_button("calendar-plus", "Extend", on_click=Journal.extend(sending.id))),
                rx.cond(sending.can_recall, bar_button("undo-2", "Recall", class_name="red-word", on_click=Journal.ask_recall(sending.id))),
                class_name="sending-acts",
            ),
            class_name="sending-head",
        ),
        rx.cond(sending.note != "", rx.el.blockquote(sending.note, class_name="sending-note second")),
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Person", scope="col"),
                    rx.el.th(
                        rx.el.span(rx.foreach(sending.steps, rx.el.span), class_name="ladder-steps"), scope="col", class_name="wide-only"
                    ),
                    rx.el.th("Now", scope="col"),
                    rx.el.th("When", scope="col"),
                )
            ),
            rx.foreach(sending.recipients, _recipient),
            class_name="ladder-table",
        ),
        class_name=rx.cond(sending.is_undone, "sending undone", "sending") + rx.cond(sending.steps.length() > 4, " five", ""),
    )  # fmt: skip


def _recipient(row: RecipientRow) -> Part:
    """A group of rows: how it stands, the problem in a sentence as wide as the table, the evidence."""
    return rx.el.tbody(
        _recipient_line(row),
        rx.cond(
            row.detail != "", rx.el.tr(rx.el.td(row.detail, col_span=4, class_name="second"), class_name="detail-row")
        ),
        rx.cond((row.link > 0) & (Journal.detailed == row.link), _evidence(row)),
    )


def _recipient_line(row: RecipientRow) -> Part:
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
            rx.cond(row.parked > 0, rx.el.button("Try again", type="button", class_name="link", on_click=Journal.try_again(row.parked))),
            rx.cond(row.asks, rx.el.button("Renew for 7 days", type="button", class_name="link", on_click=Journal.renew(row.link))),
            rx.cond(row.link > 0, _opener(row)),
        ),
        rx.el.td(row.when, class_name="second numbers"),
    )  # fmt: skip


def _opener(row: RecipientRow) -> Part:
    is_open = Journal.detailed == row.link
    return rx.el.button(
        rx.cond(is_open, "Hide details", "Details"), rx.el.span(" of ", row.face.name, class_name="sr-only"),
        type="button", class_name="link detail-opener", on_click=Journal.detail(row.link), aria_expanded=rx.cond(is_open, "true", "false"),
    )  # fmt: skip


def _evidence(row: RecipientRow) -> Part:
    """What was done with the link, and what can be done about it."""
    return rx.el.tr(
        rx.el.td(
            rx.el.div(
                rx.cond(
                    row.evidence,
                    rx.el.ul(rx.foreach(row.evidence, _event), class_name="evidence", aria_label="What was done with the link"),
                    rx.el.p("Nobody has opened this link yet.", class_name="second"),
                ),
                rx.el.div(
                    rx.cond(row.can_renew, bar_button("calendar-plus", "Renew for 7 days", on_click=Journal.renew(row.link))),
                    rx.cond(row.can_revoke, bar_button("ban", "Revoke link", class_name="red-word", on_click=Journal.revoke(row.link))),
                    class_name="evidence-acts",
                ),
                class_name="evidence-of",
            ),
            col_span=4,
        ),
        class_name="evidence-row",
    )  # fmt: skip


def _event(event: EventRow) -> Part:
    return rx.el.li(
        rx.el.span(event.when, class_name="second numbers"),
        rx.el.span(event.what),
        rx.el.span(event.where, class_name="second numbers"),
    )


def recall_dialog() -> Part:
    """Asks before a sending is recalled, then says what that stopped and who had opened it."""
    is_done = Journal.recalled.length() > 0
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(rx.cond(is_done, "Recalled", "Recall this sending?")),
            rx.alert_dialog.description(
                Journal.recalling_says, class_name="second lead"
            ),
            rx.cond(is_done, rx.el.ul(rx.foreach(Journal.recalled, rx.el.li), class_name="recalled")),
            rx.el.div(
                rx.cond(
                    is_done,
                    rx.alert_dialog.cancel(button("Close")),
                    rx.fragment(
                        rx.alert_dialog.cancel(button("Keep it")),
                        button("Recall", kind="solid-red", on_click=Journal.recall),
                    ),
                ),
                class_name="ask-acts",
            ),
            class_name="dialog ask",
        ),
        open=Journal.recalling > 0,
        on_open_change=Journal.close_recall,
    )  # fmt: skip
