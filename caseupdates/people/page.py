"""Sign in, welcome: pages for somebody who is not signed in yet."""

from typing import Any

import reflex as rx

from caseupdates.interface.frame import bare_page, page
from caseupdates.interface.parts import Part, button, field
from caseupdates.interface.profile import profile_head
from caseupdates.people.state import Security, SessionRow, Welcome


def sign_in_page() -> Part:
    return bare_page(
        rx.el.h1("Sign in"),
        _form(
            "/sign-in",
            field("Email", _input("email", type="email", auto_complete="username", auto_focus=True), html_for="email"),
            field(
                "Password", _input("password", type="password", auto_complete="current-password"), html_for="password"
            ),
            button("Sign in", kind="solid large", type="submit"),
        ),
        title=Welcome.firm,
    )


def welcome_page() -> Part:
    return bare_page(
        rx.el.h1("Welcome"),
        rx.cond(
            Welcome.is_open,
            rx.fragment(
                rx.el.p("Nobody is here yet. You become the first administrator.", class_name="second lead"),
                _welcome_form(),
            ),
            rx.el.p(
                "This page is closed: this installation has its administrator. ", rx.link("Sign in", href="/sign-in")
            ),
        ),
        title="Case Updates",
    )


def _welcome_form() -> Part:
    return _form(
        "/welcome",
        field(
            "Welcome token", _input("token", auto_complete="off", default_value=Welcome.token),
            hint="Printed on the console when the server started.", html_for="token",
        ),
        field("Firm", _input("firm", auto_complete="organization", required=False), html_for="firm"),
        field("Your name", _input("name", auto_complete="name"), html_for="name"),
        field("Email", _input("email", type="email", auto_complete="username"), html_for="email"),
        field(
            "Password", _input("password", type="password", auto_complete="new-password", min_length=12),
            hint="At least 12 characters. Three or four words make a good one.", html_for="password",
        ),
        button("Create administrator", kind="solid large", type="submit"),
    )  # fmt: skip


def _form(path: str, *content: Any) -> Part:
    """A form that assets/caseupdates.js posts; a refusal appears in it, with nothing typed lost."""
    return rx.el.form(
        *content, rx.el.p(role="alert", class_name="refusal"), method="post", action=path, class_name="stack",
        custom_attrs={"data-post": path},
    )  # fmt: skip


def _input(name: str, **props: Any) -> Part:
    return rx.el.input(id=name, name=name, class_name="input", **{"type": "text", "required": True, **props})


def security_page() -> Part:
    return page(
        profile_head("Security"),
        rx.el.div(
            rx.el.h2("Where you are signed in"),
            rx.cond(
                Security.sessions.length() > 1,
                button("Sign out everywhere else", kind="danger", on_click=Security.end_others),
            ),
            class_name="list-head",
        ),
        rx.el.div(rx.foreach(Security.sessions, _session), class_name="card rows"),
        width="narrow",
    )


def _session(row: SessionRow) -> Part:
    return rx.el.div(
        rx.icon("monitor", size=17, aria_hidden="true"),
        rx.el.span(
            rx.el.span(row.browser, class_name="row-title"),
            rx.el.span(row.where, class_name="second"),
            class_name="row-main",
        ),
        rx.cond(row.is_this, rx.el.span("This browser", class_name="badge jade")),
        class_name="row",
    )
