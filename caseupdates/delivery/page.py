"""`/mailbox`: mails that would have gone out, to be read on this machine."""

import reflex as rx

from caseupdates.delivery.state import Mailbox, MailRow
from caseupdates.interface.frame import mark
from caseupdates.interface.parts import Part, button, empty, search_field, skeleton


def mailbox_page() -> Part:
    return rx.el.div(
        rx.el.header(
            rx.el.span(mark(), rx.el.h1("Mailbox"), class_name="brand"),
            rx.el.span("Mail of this machine. Nothing leaves it while no provider is set.", class_name="second wide-only"),
            search_field("Search mail", Mailbox.search, Mailbox.find, class_name="search push"),
            rx.link("Cases", href="/cases"),
            class_name="header mailbox-header",
        ),
        rx.el.main(
            rx.el.div(_list(), class_name="mail-list"),
            rx.el.div(rx.cond(Mailbox.opened > 0, _mail(), _none_open()), class_name="mail-pane"),
            id="content", class_name=rx.cond(Mailbox.opened > 0, "mailbox reading", "mailbox"),
        ),
    )  # fmt: skip


def _list() -> Part:
    return rx.cond(
        Mailbox.is_loaded,
        rx.cond(
            Mailbox.mails,
            rx.el.ul(rx.foreach(Mailbox.mails, _row)),
            empty("inbox", "No mail", "Send an update: what its recipients get by email arrives here."),
        ),
        skeleton(1),
    )


def _row(mail: MailRow) -> Part:
    is_open = Mailbox.opened == mail.id
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.span(mail.recipient, class_name="row-title"), rx.el.span(mail.when, class_name="second numbers when"),
                class_name="mail-top",
            ),
            rx.el.span(mail.subject, class_name="second"),
            type="button", class_name="mail-row", on_click=Mailbox.open(mail.id), aria_current=rx.cond(is_open, "true", "false"),
        )
    )  # fmt: skip


def _mail() -> Part:
    return rx.fragment(
        rx.el.div(
            button(rx.icon("arrow-left", size=15, aria_hidden="true"), "All mail", class_name="button plain narrow-only", on_click=Mailbox.close),
            rx.el.h2(Mailbox.mail.subject),
            rx.el.p("To ", rx.el.strong(Mailbox.mail.recipient), " · from ", Mailbox.sender, " · ", Mailbox.mail.when, class_name="second"),
            rx.cond(Mailbox.attached, rx.el.p(rx.icon("paperclip", size=14, aria_hidden="true"), Mailbox.attached.join(", "), class_name="second attached")),
            rx.segmented_control.root(
                rx.segmented_control.item("As sent", value="html"),
                rx.segmented_control.item("Plain text", value="text"),
                value=rx.cond(Mailbox.as_text, "text", "html"), on_change=Mailbox.show, size="1",
            ),
            class_name="mail-head",
        ),
        rx.cond(
            Mailbox.as_text,
            rx.el.pre(Mailbox.text, class_name="mail-text", tab_index=0),
            # Sandboxed: no scripts, no forms; links open outside so that they can be tried.
            rx.el.iframe(
                src_doc=Mailbox.html, sandbox="allow-popups allow-popups-to-escape-sandbox", title="Mail", class_name="mail-frame"
            ),
        ),
    )  # fmt: skip


def _none_open() -> Part:
    return rx.el.div(
        empty("mail-open", "Choose a mail", "It opens here, as its recipient gets it."), class_name="wide-only"
    )
