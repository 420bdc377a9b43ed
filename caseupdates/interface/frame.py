"""The page frame: header with search, bell and the person's menu; a line when the connection is lost."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from caseupdates.interface.parts import Part, avatar, missing
from caseupdates.interface.state import Frame


def page(*content: Any, width: str = "", active: str = "", search: bool = True) -> Part:
    """A page for somebody signed in; without the header's search where the page has its own."""
    return rx.el.div(
        rx.el.a("Skip to content", href="#content", class_name="skip"),
        _header(active, search=search),
        rx.el.main(*content, id="content", class_name=f"page {width}", tab_index=-1),
        _notice(),
    )


def bare_page(*content: Any, title: str) -> Part:
    """A page for somebody who is not: one column, one thing."""
    return rx.el.main(brand(title), *content, id="content", class_name="bare")


def brand(title: Any) -> Part:
    """The firm's mark and name, above what an outsider reads."""
    return rx.el.div(mark(), rx.el.span(title), class_name="brand")


def mark() -> Part:
    """The firm's logo, or the product's mark; the name stands beside it."""
    own = rx.el.span(rx.icon("send", size=14, aria_hidden="true"), class_name="mark")
    return rx.cond(Frame.logo != "", rx.el.img(src=Frame.logo, alt="", class_name="logo"), own)


def print_head(number: Any) -> Part:
    """What stands above a printed page: whose it is, which case, and when it was printed (assets/caseupdates.js)."""
    return rx.el.div(
        rx.cond(Frame.logo != "", rx.el.img(src=Frame.logo, alt="", class_name="logo")),
        rx.el.strong(Frame.firm),
        rx.el.span("Case ", number, class_name="numbers"),
        rx.el.span(class_name="numbers printed", custom_attrs={"data-printed": ""}),
        class_name="print-head",
    )


def no_page() -> Part:
    """What an address shows that leads nowhere."""
    return bare_page(missing("There is no page at this address."), title="Case Updates")


def first_page() -> Part:
    """What `/` shows while it takes the visitor to where they belong."""
    return bare_page(title="Case Updates")


def lost_line() -> Part:
    """One quiet line while the connection is lost; the page catches up by itself."""
    return rx.cond(
        has_connection_errors,
        rx.el.div(
            rx.icon("wifi-off", size=14, aria_hidden="true"),
            "Connection lost. What you typed is kept; this page catches up by itself.",
            class_name="lost",
            role="status",
        ),
    )


def _notice() -> Part:
    """Always in the page, so that a screen reader hears what comes into it."""
    return rx.el.div(
        rx.cond(
            Frame.notice.sentence != "",
            rx.el.div(
                rx.cond(
                    Frame.notice.is_refusal,
                    rx.icon("circle-alert", size=15, aria_hidden="true"),
                    rx.icon("circle-check", size=15, aria_hidden="true"),
                ),
                Frame.notice.sentence,
                rx.el.button(
                    rx.icon("x", size=14, aria_hidden="true"),
                    aria_label="Dismiss",
                    type="button",
                    on_click=Frame.dismiss,
                ),
                key=Frame.notice.number.to_string(),
                class_name="notice-bar",
            ),
        ),
        role="status",
        class_name="notice-place",
    )


def _header(active: str, *, search: bool) -> Part:
    return rx.el.header(
        rx.link(mark(), rx.el.span(Frame.firm, class_name="firm"), href="/cases", class_name="brand"),
        rx.el.nav(
            _nav_link("Cases", "/cases", active),
            rx.cond(Frame.may_manage, _nav_link("Settings", "/settings", active)),
            aria_label="Main",
        ),
        _search() if search else rx.el.span(class_name="gap"),
        _bell(),
        _menu(),
        class_name="header",
    )  # fmt: skip


def _search() -> Part:
    return rx.el.form(
        rx.icon("search", size=15, aria_hidden="true"),
        rx.el.input(
            type="search", name="search", placeholder="Search cases", aria_label="Search cases",
            custom_attrs={"data-shortcut": "/"},
        ),
        rx.el.kbd("/", aria_hidden="true"),
        action="/cases", method="get", class_name="header-search", role="search",
    )  # fmt: skip


def _nav_link(label: str, href: str, active: str) -> Part:
    current = {"aria_current": "page"} if label == active else {}
    return rx.link(label, href=href, class_name="nav-link", **current)


def _bell() -> Part:
    return rx.link(
        rx.icon("bell", size=17, aria_hidden="true"),
        rx.cond(Frame.unread > 0, rx.el.span(rx.cond(Frame.unread > 99, "99+", Frame.unread), class_name="count", aria_hidden="true")),
        rx.el.span("Notifications", rx.cond(Frame.unread > 0, f", {Frame.unread} unread", ""), class_name="sr-only"),
        href="/profile/notifications", class_name="icon-button bell",
    )  # fmt: skip


def _menu() -> Part:
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            rx.el.button(
                avatar(Frame.me, "large"), rx.el.span(f"Menu of {Frame.me.name}", class_name="sr-only"),
                class_name="face-button", type="button",
            )
        ),
        rx.dropdown_menu.content(
            rx.dropdown_menu.item("Notifications", on_select=rx.redirect("/profile/notifications")),
            rx.dropdown_menu.item("Preferences", on_select=rx.redirect("/profile/preferences")),
            rx.dropdown_menu.item("Security", on_select=rx.redirect("/profile/security")),
            rx.cond(Frame.may_manage, rx.dropdown_menu.item("Settings", on_select=rx.redirect("/settings"))),
            rx.dropdown_menu.separator(),
            rx.dropdown_menu.item(
                rx.color_mode_cond("Dark colours", "Light colours"), on_select=rx.toggle_color_mode
            ),
            rx.dropdown_menu.separator(),
            rx.dropdown_menu.item("Sign out", custom_attrs={"data-post": "/sign-out"}),
            align="end",
        ),
        modal=False,  # a modal menu hides from screen readers what Tab still reaches
    )  # fmt: skip
