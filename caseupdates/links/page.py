"""The gate: for a stranger on a phone. One thing per screen, large targets, a way to get help."""

from typing import Any

import reflex as rx

from caseupdates.interface.frame import brand
from caseupdates.interface.parts import Part, button
from caseupdates.links.gate import Stage
from caseupdates.links.parts import described_file, file_card
from caseupdates.links.state import Gate


def gate_page() -> Part:
    return rx.el.main(
        brand(Gate.firm),
        rx.el.div(
            rx.match(
                Gate.stage,
                (str(Stage.ADDRESS), _address()),
                (str(Stage.CODE), _code()),
                (str(Stage.OPEN), _open()),
                (str(Stage.FILES), _files()),
                (str(Stage.DEAD), _dead()),
                rx.el.p("Looking…", class_name="second", role="status"),
            ),
            key=Gate.stage,
            class_name="gate-step",
        ),
        rx.cond((Gate.stage != "") & (Gate.sender != ""), _foot()),
        id="content", class_name=rx.cond(Gate.stage == str(Stage.FILES), "gate wide", "gate"),
    )  # fmt: skip


def _address() -> Part:
    return rx.fragment(
        _title(_count_said()),
        rx.el.p("To keep them private, confirm your email address. We will send you a code.", class_name="second lead"),
        rx.el.form(
            rx.el.label("Email address", html_for="address", class_name="label"),
            rx.el.input(
                id="address", name="address", type="email", auto_complete="email", required=True, default_value=Gate.address,
                class_name="input large", auto_focus=True, aria_describedby="problem",
            ),
            _problem(),
            button("Send code", kind="solid large", type="submit"),
            on_submit=Gate.ask, class_name="gate-form",
        ),
        _described(),
        _last_day(),
    )  # fmt: skip


def _code() -> Part:
    address = rx.cond(Gate.address != "", rx.el.strong(Gate.address), "the address you typed")
    return rx.fragment(
        _title("Enter the code"),
        rx.el.p("If ", address, " may open this link, a code is on its way. It is good for 10 minutes.", class_name="second lead", role="status"),
        rx.el.form(
            rx.el.label("Verification code", html_for="code", class_name="label"),
            rx.el.input(
                id="code", name="code", type="text", input_mode="numeric", auto_complete="one-time-code", required=True, max_length=40,
                class_name="input code", auto_focus=True, aria_describedby="problem", spell_check=False,
            ),
            _problem(),
            button("Open files", kind="solid large", type="submit"),
            on_submit=Gate.confirm, class_name="gate-form",
        ),
        rx.el.div(
            rx.el.button("No code? What to do", type="button", class_name="link", on_click=Gate.help, aria_expanded=rx.cond(Gate.has_help, "true", "false")),
            rx.cond(
                Gate.asked > 0,
                rx.el.span(
                    rx.el.span("Send again in ", rx.el.span(class_name="countdown", aria_hidden="true"), rx.el.span("30 seconds", class_name="sr-only"), class_name="wait"),
                    rx.el.button("Send again", type="button", class_name="link again", on_click=Gate.ask_once_more),
                    key=Gate.asked.to_string(), class_name="second send-again",
                ),
                rx.el.button("Send again", type="button", class_name="link", on_click=Gate.another_address),
            ),
            class_name="gate-acts",
        ),
        rx.cond(Gate.has_help, _help()),
    )  # fmt: skip


def _help() -> Part:
    return rx.el.div(
        rx.el.ul(
            rx.el.li("It can take a minute. Look into the folder for junk mail, too."),
            rx.el.li("The code comes only to the address the link was sent to. ", rx.el.button("Use another address", type="button", class_name="link", on_click=Gate.another_address)),
            rx.el.li("A newer code replaces the one before it: use the last that came, on this page."),
        ),
        class_name="gate-help second",
    )  # fmt: skip


def _open() -> Part:
    return rx.fragment(
        _title(_count_said()),
        rx.el.p(Gate.sender, " has sent you these.", class_name="second lead"),
        _described(),
        rx.el.div(_problem(), button("Open files", kind="solid large", on_click=Gate.enter), class_name="gate-form"),
        _last_day(),
    )


def _files() -> Part:
    return rx.fragment(
        rx.el.div(
            _title("Your files"),
            rx.cond(
                Gate.is_signed_in,
                rx.link("Go to your cases", href="/cases", class_name="button plain"),
                button(rx.icon("lock", size=15, aria_hidden="true"), "Leave and lock", on_click=Gate.leave),
            ),
            class_name="gate-head",
        ),
        rx.el.p(
            rx.cond(Gate.is_signed_in, "Open because you are signed in.", "Open for as long as this window is open."),
            class_name="second lead", role="status",
        ),
        rx.el.div(rx.foreach(Gate.files, file_card), class_name="card gate-files"),
    )  # fmt: skip


def _dead() -> Part:
    return rx.fragment(
        _title(Gate.refused),
        rx.el.p("Reload this page to see what you can do.", class_name="second lead"),
        rx.el.p(rx.el.a("Reload", href="", class_name="link"), class_name="gate-form"),
    )


def _title(words: Any) -> Part:
    """Takes the focus when the step changes, so that a screen reader says where one is."""
    return rx.el.h1(words, tab_index=-1, custom_attrs={"data-step": ""})


def _count_said() -> Any:
    number = Gate.files.length()
    return rx.match(
        number, (1, "One file for you"), (2, "Two files for you"), (3, "Three files for you"), f"{number} files for you"
    )


def _problem() -> Part:
    return rx.el.p(Gate.problem, id="problem", role="alert", class_name="refusal")


def _described() -> Part:
    return rx.el.ul(rx.foreach(Gate.files, described_file), class_name="gate-described")


def _last_day() -> Part:
    return rx.el.p(
        rx.icon("lock", size=14, aria_hidden="true"),
        rx.el.span("Available until ", Gate.last_day, "."),
        class_name="second gate-until",
    )


def _foot() -> Part:
    return rx.el.footer(
        "Sent by ", Gate.sender, rx.cond(Gate.sender.endswith("."), " ", ". "),
        rx.cond(Gate.contact != "", Gate.contact, "Questions? Reply to the email that brought you here."),
        class_name="second gate-foot",
    )  # fmt: skip
