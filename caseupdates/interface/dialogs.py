"""Dialogs that pages share: one with a form, one that asks before something is lost."""

from typing import Any

import reflex as rx

from caseupdates.interface.parts import Part, button, close_button


def form_dialog(
    title: Any, says: Any, *fields: Any, is_open: Any, key: Any, problem: Any, on_submit: Any, on_close: Any,
    save: Any = "Save", foot: Any = None,
) -> Part:  # fmt: skip
    """Fields, and a button that sends them; a refusal stands beside the button and the fields keep what was typed.

    `key` changes with each opening, so that the fields begin with their default values; `foot` stands at the left below.
    """
    return rx.dialog.root(
        rx.dialog.content(
            rx.el.form(
                rx.el.div(rx.dialog.title(title), rx.dialog.description(says, class_name="second"), class_name="dialog-head"),
                rx.el.div(*fields, class_name="dialog-body stack"),
                rx.el.div(
                    rx.el.div(rx.el.p(problem, role="alert", class_name="refusal"), foot or rx.fragment(), class_name="dialog-sum"),
                    button(save, kind="solid", type="submit"),
                    class_name="dialog-foot",
                ),
                on_submit=on_submit, key=key, no_validate=True, class_name="dialog-form",
            ),
            close_button(),
            class_name="dialog form",
        ),
        open=is_open,
        on_open_change=on_close,
    )  # fmt: skip


def ask_dialog(title: Any, says: Any, act: Any, *, is_open: Any, on_act: Any, on_close: Any, problem: Any = "") -> Part:
    """A question before something is lost; `act` is the button's word for doing it."""
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(title),
            rx.alert_dialog.description(says, class_name="second lead"),
            rx.el.p(problem, role="alert", class_name="refusal"),
            rx.el.div(
                rx.alert_dialog.cancel(button("Cancel")), button(act, kind="solid-red", on_click=on_act), class_name="ask-acts"
            ),
            class_name="dialog ask",
        ),
        open=is_open,
        on_open_change=on_close,
    )  # fmt: skip


def entry(label: Any, name: str, value: Any = "", *, hint: Any = None, area: bool = False, **props: Any) -> Part:
    """A labelled text field of a form, beginning with `value`."""
    described: dict[str, Any] = {"aria_describedby": f"{name}-hint"} if hint is not None else {}
    control = rx.el.textarea if area else rx.el.input
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="label"),
        control(id=name, name=name, default_value=value, class_name="input", **described, **props),
        rx.el.p(hint, class_name="hint", id=f"{name}-hint") if hint is not None else rx.fragment(),
        class_name="field",
    )


def choice(label: Any, name: str, options: Any, value: Any = "", *, hint: Any = None, **props: Any) -> Part:
    """A labelled list to choose one of; `options` are words, or a Var of `Choice`."""
    drawn = (
        rx.foreach(options, lambda each: rx.el.option(each.name, value=each.id))
        if isinstance(options, rx.Var)
        else rx.fragment(*(rx.el.option(str(each).capitalize(), value=str(each)) for each in options))
    )
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="label"),
        rx.el.select(drawn, id=name, name=name, default_value=value, class_name="input", **props),
        rx.el.p(hint, class_name="hint") if hint is not None else rx.fragment(),
        class_name="field",
    )


def check(label: Any, name: Any, value: Any = False, *, hint: Any = None, **props: Any) -> Part:
    """A box to tick, with a line that says what it does."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=value, **props),
        rx.el.span(
            rx.el.span(label, class_name="label"),
            rx.el.span(hint, class_name="second") if hint is not None else rx.fragment(),
            class_name="check-words",
        ),
        class_name="check",
    )
