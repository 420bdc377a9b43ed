"""Parts that the pages of people share: forms that a route answers, and the line of a session."""

from typing import Any

import reflex as rx

from caseupdates.interface.parts import Part
from caseupdates.people.rows import SessionRow


def post_form(path: str, *content: Any) -> Part:
    """A form that assets/caseupdates.js posts; a refusal appears in it, with nothing typed lost."""
    return rx.el.form(
        *content, rx.el.p(role="alert", class_name="refusal"), method="post", action=path, class_name="stack",
        custom_attrs={"data-post": path},
    )  # fmt: skip


def post_input(name: str, **props: Any) -> Part:
    return rx.el.input(id=name, name=name, class_name="input", **{"type": "text", "required": True, **props})


def session_line(row: SessionRow) -> Part:
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
