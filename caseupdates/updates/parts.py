"""An update as a card: menu bar above, then title, who and when, text, and what became of it."""

import reflex as rx

from caseupdates.files.parts import file_chips
from caseupdates.interface.parts import Part, avatar, badge, bar_button, button, empty, missing, skeleton
from caseupdates.sending.dialog.state import SendDialog
from caseupdates.sending.journal.parts import recipients_panel, show_recipients
from caseupdates.updates.editor.state import Editor
from caseupdates.updates.rows import Shown
from caseupdates.updates.state import Feed


def updates_list() -> Part:
    """The updates of a case, newest first."""
    return rx.cond(
        Feed.is_loaded,
        rx.cond(
            Feed.updates,
            rx.el.div(
                rx.foreach(Feed.updates, update_card),
                rx.cond(Feed.has_more, rx.el.p(button("Show older updates", on_click=Feed.show_more), class_name="more")),
                class_name="updates",
            ),
            empty("notebook-pen", "No updates yet", "What is found out on this case appears here. Write the first with New, Update."),
        ),
        skeleton(),
    )  # fmt: skip


def one_update() -> Part:
    """The update of an update's own page."""
    return rx.cond(
        Feed.is_loaded,
        rx.cond(Feed.refused != "", missing(Feed.refused), rx.foreach(Feed.updates, update_card)),
        skeleton(1),
    )


def update_card(update: Shown) -> Part:
    return rx.el.article(
        _menu_bar(update),
        rx.el.div(
            rx.el.h2(rx.link(update.title, href=update.path, class_name="title-link")),
            _byline(update),
            rx.html(update.html, class_name="text"),
            file_chips(update.files),
            class_name="body",
        ),
        rx.cond(update.may_see_recipients & (update.is_validated | (update.sent != "")), _info(update)),
        rx.cond(update.may_see_recipients, recipients_panel(update.id, may_send=update.may_send)),
        key=update.id.to_string(),
        class_name=rx.cond(update.is_validated, "card update", "card update not-validated"),
    )  # fmt: skip


def _menu_bar(update: Shown) -> Part:
    return rx.el.div(
        rx.cond(~update.is_validated, badge("shield-alert", "Not validated", hue="red")),
        rx.cond(
            update.may_send,
            bar_button("send", "Send", class_name="accent", on_click=SendDialog.open(update.id)),
        ),
        rx.cond(update.may_edit, bar_button("pencil", "Edit", on_click=Editor.open_edit(update.id))),
        rx.cond(update.may_reply, bar_button("reply", "Reply", on_click=Editor.open_reply(update.id))),
        bar_button("printer", "Print", custom_attrs={"data-print": ""}),
        rx.el.span(class_name="gap"),
        rx.cond(update.access_group != "", badge("eye", update.access_group, hue="gray")),
        rx.cond(
            update.may_validate,
            bar_button("check", "Validate", class_name="validate", on_click=Feed.validate(update.id, update.number)),
        ),
        class_name="menu-bar", role="group", aria_label="Update actions",
    )  # fmt: skip


def _byline(update: Shown) -> Part:
    return rx.el.div(
        avatar(update.author),
        rx.el.span(update.author.name, " · ", rx.el.span(update.when, class_name="numbers")),
        rx.cond(update.access_group != "", rx.el.span(update.access_group, class_name="badge gray narrow-only")),
        rx.cond(update.edited != "", rx.el.span(update.edited)),
        rx.cond(update.reply_to != "", rx.el.span("reply to ", rx.link(update.reply_to, href=update.reply_path))),
        class_name="second byline",
    )


def _info(update: Shown) -> Part:
    return rx.el.div(
        rx.cond(
            update.validated != "",
            rx.el.span(rx.icon("circle-check", size=14, aria_hidden="true"), update.validated, class_name="validated"),
        ),
        rx.cond(update.sent != "", rx.el.span(update.sent, class_name="numbers"), rx.el.span("Not sent yet")),
        rx.cond(update.waiting > 0, badge("clock", rx.el.span(update.waiting, " waiting"), hue="amber")),
        rx.cond(update.failed > 0, badge("mail-x", rx.el.span(update.failed, " not delivered"), hue="red")),
        rx.cond(update.read > 0, badge("mail-open", rx.el.span(update.read, " read"), hue="jade")),
        rx.cond(update.opened > 0, badge("folder-open", rx.el.span(update.opened, " opened"), hue="jade")),
        rx.cond(update.outdated != "", badge("history", update.outdated, hue="amber")),
        rx.el.span(class_name="gap"),
        rx.cond(
            (update.undo_id > 0) & update.may_send,
            bar_button("undo-2", "Undo", class_name="accent", on_click=Feed.undo(update.undo_id)),
        ),
        rx.cond(update.sent != "", show_recipients(update.id)),
        class_name="info second",
    )  # fmt: skip
