"""Mails that wait for a person, and problems."""

from typing import Any

import reflex as rx

from caseupdates.delivery.settings.mails.rows import About, ParkedRow, ProblemRow
from caseupdates.delivery.settings.parts import SHOWN, listed, quiet, section
from caseupdates.delivery.settings.state import DeliverySettings
from caseupdates.interface.parts import Part, bar_button, button


def parked() -> Part:
    """Mails for a person to decide about."""
    again = button(
        rx.icon("rotate-cw", size=15, aria_hidden="true"), "Send all again", on_click=DeliverySettings.send_all_again
    )
    return section(
        "Waiting for a person",
        rx.cond(
            SHOWN.parked,
            listed(SHOWN.parked, _parked),
            quiet("check", "Nothing to decide", "What could not be handed over, or may have arrived, waits here for you."),
        ),
        rx.cond(DeliverySettings.has_more, rx.el.p(button("Show more", on_click=DeliverySettings.show_more), class_name="more")),
        act=rx.cond(SHOWN.sendable > 1, again),
        count=SHOWN.parked_count,
    )  # fmt: skip


def problems() -> Part:
    """The last problems, the same sentence once."""
    return section(
        "Last problems",
        rx.cond(
            SHOWN.problems,
            listed(SHOWN.problems, _problem),
            quiet("check", "No problems", "What goes wrong with a mail is told here, in plain words."),
        ),
    )


def _about(about: About) -> Part:
    return rx.cond(about.path != "", rx.link(about.title, href=about.path), about.title)


def _parked(row: ParkedRow) -> Part:
    return rx.el.div(
        rx.el.span(
            rx.el.span(
                rx.el.span(row.recipient, class_name="row-title"), rx.el.span(row.when, class_name="second numbers"),
                class_name="name-line",
            ),
            rx.el.span(_about(row.about), class_name="second"),
            rx.el.span(row.why, class_name="second"),
            class_name="row-main",
        ),
        rx.el.span(
            rx.cond(row.can_go, _row_act("rotate-cw", "Send again", row, DeliverySettings.send_again(row.id))),
            _row_act("x", "Give up", row, DeliverySettings.give_up(row.id)),
            class_name="row-acts",
        ),
        class_name="row parked-row", custom_attrs={"role": "listitem"},
    )  # fmt: skip


def _row_act(icon: str, label: str, row: ParkedRow, act: Any) -> Part:
    return bar_button(icon, label, on_click=act, aria_label=f"{label}: " + row.recipient)


def _problem(row: ProblemRow) -> Part:
    return rx.el.div(
        rx.el.span(
            rx.el.span(row.says),
            rx.el.span(
                rx.el.span("latest for ", rx.link(row.recipient, href=row.person)), rx.el.span(_about(row.about)),
                class_name="second facts",
            ),
            class_name="row-main",
        ),
        rx.el.span(rx.el.span(row.count), rx.el.span(row.when), class_name="second when problem-when numbers"),
        class_name="row", custom_attrs={"role": "listitem"},
    )  # fmt: skip
