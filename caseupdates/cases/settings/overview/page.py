"""`/settings`: what can be set and what each affects; on the first days, what to do next."""

import reflex as rx

from caseupdates.cases.settings.overview.rows import Step
from caseupdates.cases.settings.overview.state import Overview
from caseupdates.interface.parts import Part
from caseupdates.interface.settings_page import SECTIONS, settings_page


def overview_page() -> Part:
    return settings_page(
        "Settings",
        "What the whole firm works with. Only people whose role may manage settings see these pages.",
        rx.cond(Overview.steps, _first_steps()),
        rx.el.div(*(_tile(*section) for section in SECTIONS), class_name="tiles"),
        active="Overview",
    )


def _first_steps() -> Part:
    return rx.el.section(
        rx.el.h2("First steps"),
        rx.el.ol(rx.foreach(Overview.steps, _step), class_name="steps"),
        class_name="card section",
    )


def _step(step: Step) -> Part:
    return rx.el.li(
        rx.cond(
            step.is_done,
            rx.icon("circle-check", size=16, class_name="done", aria_hidden="true"),
            rx.icon("circle", size=16, aria_hidden="true"),
        ),
        rx.cond(
            step.is_done,
            rx.el.span(step.words, rx.el.span(": done", class_name="sr-only"), class_name="second"),
            rx.link(step.words, href=step.path),
        ),
    )


def _tile(label: str, path: str, icon: str, says: str) -> Part:
    return rx.link(
        rx.icon(icon, size=18, aria_hidden="true"),
        rx.el.span(rx.el.span(label, class_name="row-title"), rx.el.span(says, class_name="second"), class_name="row-main"),
        href=path, class_name="card tile",
    )  # fmt: skip
