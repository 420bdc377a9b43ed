"""`/invitation/<token>`: one field, one button."""

import reflex as rx

from caseupdates.interface.frame import bare_page
from caseupdates.interface.parts import Part, button, field
from caseupdates.people.invited.state import Invited
from caseupdates.people.parts import post_form, post_input


def invited_page() -> Part:
    return bare_page(
        rx.cond(Invited.is_loaded, rx.cond(Invited.refused != "", _refused(), _begin())),
        rx.cond(Invited.contact != "", rx.el.p(Invited.contact, class_name="second gate-foot")),
        title=Invited.firm,
    )


def _begin() -> Part:
    return rx.fragment(
        rx.el.h1(rx.cond(Invited.has_password, "Choose a new password", rx.fragment("Welcome, ", Invited.name))),
        rx.el.p(_why(), class_name="second lead"),
        rx.cond(Invited.signed_in_as != "", _somebody_else()),
        post_form(
            "/invitation",
            rx.el.input(type="hidden", name="token", value=Invited.token, read_only=True),
            # What a password manager keeps the password for.
            rx.el.input(
                type="text", auto_complete="username", value=Invited.address, read_only=True, class_name="sr-only",
                tab_index=-1, aria_hidden="true",
            ),
            field(
                "Password",
                post_input(
                    "password", type="password", auto_complete="new-password", auto_focus=True,
                    aria_describedby="password-hint",
                ),
                hint=rx.el.span("At least 12 characters. Three or four words make a good one.", id="password-hint"),
                html_for="password",
            ),
            button("Begin", kind="solid large", type="submit"),
        ),
    )  # fmt: skip


def _why() -> Part:
    address = rx.el.strong(Invited.address)
    return rx.cond(
        Invited.invited_by != "",
        rx.cond(
            Invited.has_password,
            rx.el.span(Invited.invited_by, " sent you this. You sign in with ", address, "."),
            rx.el.span(
                Invited.invited_by, " of ", Invited.firm, " invited you. Choose a password; from then on you sign in with ",
                address, ".",
            ),
        ),
        rx.el.span("You sign in with ", address, ". Everywhere you are signed in now, you will be signed out."),
    )  # fmt: skip


def _somebody_else() -> Part:
    return rx.el.p(
        rx.icon("users", size=15, aria_hidden="true"),
        rx.el.span(Invited.signed_in_as, " is signed in with this browser, and will be signed out when you begin."),
        class_name="other-person",
    )


def _refused() -> Part:
    return rx.fragment(
        rx.el.h1("This link leads nowhere"),
        rx.el.p(Invited.refused, class_name="second lead"),
        rx.el.p(rx.link("Sign in", href="/sign-in"), class_name="bare-foot"),
    )
