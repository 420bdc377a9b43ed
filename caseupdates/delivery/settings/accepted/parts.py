"""How much was accepted, as numbers and as bars."""

from typing import Any

import reflex as rx

from caseupdates.delivery.settings.accepted.rows import BarRow
from caseupdates.delivery.settings.parts import SHOWN, section
from caseupdates.delivery.settings.state import DeliverySettings
from caseupdates.interface.parts import Part


def throughput() -> Part:
    """How much was accepted, as numbers and as bars."""
    numbers = SHOWN.throughput
    return section(
        "Accepted",
        rx.el.dl(
            _number(numbers.minute, "last minute"), _number(numbers.hour, "last hour"), _number(numbers.day, "last 24 hours"),
            class_name="accepted-numbers",
        ),
        rx.cond(numbers.bars, _chart(), rx.el.p("No mail was accepted in this time.", class_name="second no-chart")),
        rx.cond(numbers.limit != "", rx.el.p(numbers.limit, class_name="second")),
        act=rx.segmented_control.root(
            rx.segmented_control.item("Hour", value="hour"), rx.segmented_control.item("24 hours", value="day"),
            value=rx.cond(DeliverySettings.by_hour, "day", "hour"), on_change=DeliverySettings.show, size="1",
        ),
    )  # fmt: skip


def _number(value: Any, label: str) -> Part:
    return rx.el.div(rx.el.dt(label, class_name="second"), rx.el.dd(value, class_name="numbers"))


def _chart() -> Part:
    numbers = SHOWN.throughput
    return rx.fragment(
        rx.el.div(rx.foreach(numbers.bars, _bar), class_name="bars", role="img", aria_label=numbers.summary),
        rx.el.div(
            rx.el.span(numbers.first), rx.el.span(numbers.most), rx.el.span("now"),
            class_name="bars-foot second numbers", aria_hidden="true",
        ),
    )  # fmt: skip


def _bar(bar: BarRow) -> Part:
    return rx.el.span(rx.el.span(style={"height": bar.height}), title=bar.says)
