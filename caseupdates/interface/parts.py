"""Parts that pages share: faces, badges, empty states, menus' buttons."""

from typing import Any

import reflex as rx

Part = rx.Component


def avatar(face: Any, size: str = "") -> Part:
    """Initials in a circle; the name stands beside it, so screen readers skip it."""
    return rx.el.span(face.initials, class_name=f"avatar {size} " + face.hue.to(str), aria_hidden="true")


def badge(icon: str, *text: Any, hue: str, **props: Any) -> Part:
    """A small word with a meaning: red, amber, blue, jade or gray."""
    return rx.el.span(rx.icon(icon, size=13, aria_hidden="true"), *text, class_name=f"badge {hue}", **props)


def bar_button(icon: str, label: str, *, class_name: str = "", **props: Any) -> Part:
    """A quiet button of a menu bar, icon and word."""
    return rx.el.button(
        rx.icon(icon, size=15, aria_hidden="true"), label, class_name=f"bar-button {class_name}", type="button", **props
    )


def button(*content: Any, kind: str = "plain", **props: Any) -> Part:
    """A button: `solid` for the act of a page, `plain` beside it, `danger` for what cannot be taken back."""
    return rx.el.button(*content, **{"class_name": f"button {kind}", "type": "button", **props})


def close_button() -> Part:
    """A dialog's cross; last in the dialog, so that opening it puts the focus on what it is for."""
    cross = rx.icon("x", size=17, aria_hidden="true")
    return rx.dialog.close(rx.el.button(cross, aria_label="Close", class_name="icon-button close", type="button"))


def empty(icon: str, title: str, *what_to_do: Any) -> Part:
    """What an empty list would hold, and how to put it there."""
    return rx.el.div(
        rx.icon(icon, size=22, aria_hidden="true"),
        rx.el.p(title, class_name="empty-title"),
        rx.el.p(*what_to_do, class_name="second"),
        class_name="empty",
    )


def skeleton(rows: int = 3) -> Part:
    """Gray shapes where cards will stand."""
    return rx.el.div(*(rx.el.div(class_name="skeleton card") for _ in range(rows)), role="status", aria_label="Loading")


def field(label: str, control: Part, *, hint: Any = None, html_for: str) -> Part:
    """A labelled control with an optional line under it."""
    return rx.el.div(
        rx.el.label(label, html_for=html_for, class_name="label"),
        control,
        rx.el.p(hint, class_name="hint") if hint is not None else rx.fragment(),
        class_name="field",
    )


def search_field(label: str, value: Any, on_change: Any, *, class_name: str = "search", **props: Any) -> Part:
    """A field that searches as one types, a moment after the last key."""
    field = rx.el.input(
        type="search", placeholder=label, aria_label=label, class_name="input", max_length=100, value=value,
        on_change=on_change, **props,
    )  # fmt: skip
    return rx.el.div(
        rx.icon("search", size=15, aria_hidden="true"),
        rx.debounce_input(field, debounce_timeout=150),
        class_name=class_name,
    )


def missing(sentence: Any) -> Part:
    """A page that does not exist, or not for this person."""
    return empty("search-x", "Nothing here", sentence, " ", rx.link("Go to your cases", href="/cases"))
