"""The pages of one's own profile that concern notifications."""

import reflex as rx

from caseupdates.interface.frame import page
from caseupdates.interface.parts import Part, avatar, bar_button, button, empty, skeleton
from caseupdates.interface.profile import profile_head
from caseupdates.notifications.state import Notice, Notifications, PreferenceRow, Preferences


def notifications_page() -> Part:
    return page(
        profile_head("Notifications"),
        rx.el.div(
            rx.segmented_control.root(
                rx.segmented_control.item("All", value="all"),
                rx.segmented_control.item("Unread", value="unread"),
                value=rx.cond(Notifications.only_unread, "unread", "all"),
                on_change=Notifications.filter,
            ),
            bar_button("check-check", "Mark all read", on_click=Notifications.mark_all),
            class_name="list-head",
        ),
        rx.cond(
            Notifications.is_loaded,
            rx.cond(
                Notifications.notices,
                rx.el.div(rx.foreach(Notifications.notices, _notice), class_name="card rows"),
                _nothing(),
            ),
            skeleton(1),
        ),
        rx.cond(
            Notifications.has_more, rx.el.p(button("Show older", on_click=Notifications.show_more), class_name="more")
        ),
        width="narrow",
    )


def preferences_page() -> Part:
    return page(
        profile_head("Preferences"),
        rx.el.p(
            "You always get the notification. Choose which also come by email.",
            class_name="second lead preferences-lead",
        ),
        rx.el.div(rx.foreach(Preferences.kinds, _preference), class_name="card rows"),
        width="narrow",
    )


def _notice(notice: Notice) -> Part:
    is_open = Notifications.opened == notice.id
    return rx.el.article(
        rx.el.div(
            rx.el.span(
                rx.cond(notice.is_unread, rx.el.span("Unread", class_name="sr-only")),
                class_name=rx.cond(notice.is_unread, "unread-dot", "unread-dot read"),
            ),
            avatar(notice.actor, "large"),
            rx.el.div(
                rx.el.h3(
                    rx.el.button(
                        notice.title, type="button", class_name="title-button", on_click=Notifications.open(notice.id),
                        aria_expanded=rx.cond(is_open, "true", "false"),
                    )
                ),
                rx.el.p(notice.summary, class_name="second"),
                class_name="row-main",
            ),
            rx.el.span(notice.when, class_name="second numbers when"),
            class_name="row notice",
        ),
        rx.cond(is_open, _content(notice)),
    )  # fmt: skip


def _content(notice: Notice) -> Part:
    return rx.el.div(
        rx.cond(notice.html != "", rx.html(notice.html, class_name="text")),
        rx.el.div(
            rx.cond(
                notice.path != "",
                rx.link(
                    rx.cond(notice.path.contains("/updates/"), "Open the update", "Open the case"), href=notice.path
                ),
            ),
            rx.cond(
                notice.is_unread,
                bar_button("mail-open", "Mark read", on_click=Notifications.mark(notice.id, True)),
                bar_button("mail", "Mark unread", on_click=Notifications.mark(notice.id, False)),
            ),
            class_name="notice-acts",
        ),
        class_name="notice-content",
    )


def _nothing() -> Part:
    return rx.cond(
        Notifications.only_unread,
        empty("check-check", "Nothing unread", "You have read everything."),
        empty("bell", "No notifications yet", "Updates sent to you, and what needs you, appear here as they happen."),
    )


def _preference(row: PreferenceRow) -> Part:
    return rx.el.label(
        rx.el.span(
            rx.el.span(row.label, class_name="row-title"), rx.el.span(row.explained, class_name="second"),
            rx.cond(row.by_firm, rx.el.span("The firm sends no email for this.", class_name="second by-firm")), class_name="row-main",
        ),
        rx.el.span("Email", class_name="second", aria_hidden="true"),
        rx.switch(
            checked=row.email, disabled=row.by_firm, on_change=lambda email: Preferences.choose(row.kind, email), aria_label="Email: " + row.label
        ),
        class_name="row",
    )  # fmt: skip
