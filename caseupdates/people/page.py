"""Sign in, welcome, a forgotten password: pages for somebody who is not signed in; and one's own security."""

import reflex as rx

from caseupdates.interface.dialogs import entry
from caseupdates.interface.frame import bare_page, page
from caseupdates.interface.parts import Part, button, field
from caseupdates.interface.profile import profile_head
from caseupdates.people.parts import post_form, post_input, session_line
from caseupdates.people.state import Security, Welcome


def sign_in_page() -> Part:
    return bare_page(
        rx.el.h1("Sign in"),
        post_form(
            "/sign-in",
            field(
                "Email", post_input("email", type="email", auto_complete="username", auto_focus=True), html_for="email"
            ),
            field(
                "Password",
                post_input("password", type="password", auto_complete="current-password"),
                html_for="password",
            ),
            button("Sign in", kind="solid large", type="submit"),
        ),
        rx.el.p(rx.link("Forgot your password?", href="/forgotten-password"), class_name="bare-foot"),
        title=Welcome.firm,
    )


def forgotten_page() -> Part:
    return bare_page(
        rx.el.h1("Forgot your password?"),
        rx.el.p("We send you an email with a way to choose a new one.", class_name="second lead"),
        post_form(
            "/forgotten-password",
            field(
                "Email", post_input("email", type="email", auto_complete="username", auto_focus=True), html_for="email"
            ),
            button("Send email", kind="solid large", type="submit"),
        ),
        rx.el.p(rx.link("Back to sign in", href="/sign-in"), class_name="bare-foot"),
        title=Welcome.firm,
    )


def forgotten_sent_page() -> Part:
    return bare_page(
        rx.el.h1("Look in your mailbox"),
        rx.el.p(
            "If somebody can sign in with this address, an email is on its way. It works once, within the next hour.",
            class_name="second lead",
        ),
        rx.el.p("Nothing came? Look among the junk, or ask whoever invited you.", class_name="second lead"),
        rx.el.p(rx.link("Back to sign in", href="/sign-in"), class_name="bare-foot"),
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
    return post_form(
        "/welcome",
        field(
            "Welcome token", post_input("token", auto_complete="off", default_value=Welcome.token),
            hint="Printed on the console when the server started.", html_for="token",
        ),
        field("Firm", post_input("firm", auto_complete="organization", required=False), html_for="firm"),
        field("Your name", post_input("name", auto_complete="name"), html_for="name"),
        field("Email", post_input("email", type="email", auto_complete="username"), html_for="email"),
        field(
            "Password", post_input("password", type="password", auto_complete="new-password", min_length=12),
            hint="At least 12 characters. Three or four words make a good one.", html_for="password",
        ),
        button("Create administrator", kind="solid large", type="submit"),
    )  # fmt: skip


def security_page() -> Part:
    return page(
        profile_head("Security"),
        rx.el.h2("Password", class_name="profile-part"),
        rx.el.form(
            rx.el.div(
                entry("Current password", "current", type="password", auto_complete="current-password"),
                entry("New password", "new", type="password", auto_complete="new-password", hint="At least 12 characters."),
                class_name="two",
            ),
            rx.el.div(
                button("Change password", type="submit"),
                rx.el.p(Security.problem, role="alert", class_name="refusal"),
                class_name="section-foot",
            ),
            on_submit=Security.change_password, key=Security.changed.to_string(), no_validate=True,
            class_name="card section stack",
        ),
        rx.el.div(
            rx.el.h2("Where you are signed in"),
            rx.cond(
                Security.sessions.length() > 1,
                button("Sign out everywhere else", kind="danger", on_click=Security.end_others),
            ),
            class_name="list-head",
        ),
        rx.el.div(rx.foreach(Security.sessions, session_line), class_name="card rows"),
        width="narrow",
    )  # fmt: skip
