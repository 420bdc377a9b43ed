"""Parts of the page "Delivery" under /settings."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from caseupdates.delivery.settings.rows import FindingRow, PlaceRow
from caseupdates.delivery.settings.state import DeliverySettings
from caseupdates.interface.parts import Part, button

SHOWN = DeliverySettings.shown
ICONS = {"jade": "circle-check", "amber": "circle-pause", "red": "octagon-alert", "blue": "mailbox"}
STATUS_ICONS = {
    # status: icon, what a screen reader hears, colour
    "ok": ("circle-check", "In order", "jade"),
    "warn": ("triangle-alert", "Look at this", "amber"),
    "bad": ("circle-x", "Wrong", "red"),
    "unknown": ("circle-dashed", "Not known", "gray"),
}


def flow_card() -> Part:
    """The line on top: does mail flow, and what to do if not."""
    flow = SHOWN.flow
    icon = rx.match(
        flow.hue, *((hue, rx.icon(name, size=22, aria_hidden="true")) for hue, name in ICONS.items()), rx.fragment()
    )
    return rx.el.section(
        icon,
        rx.el.div(
            rx.el.h2(flow.says),
            rx.cond(flow.why != "", rx.el.p(flow.why)),
            rx.cond(flow.to_do != "", rx.el.p(flow.to_do, class_name="second")),
            rx.cond(SHOWN.has_mailbox, rx.link("Open the mailbox", href="/mailbox")),
            class_name="flow-words",
        ),
        rx.cond(flow.can_try, button("Try now", kind="solid", on_click=DeliverySettings.try_now)),
        class_name="card flow hue-" + flow.hue.to(str), aria_label="Mail now", custom_attrs={"aria-live": "polite"},
    )  # fmt: skip


def queue() -> Part:
    """Where mail stands that has not ended."""
    return section(
        "Queue",
        rx.cond(
            SHOWN.places,
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Where", scope="col"), rx.el.th("Mails", scope="col"), rx.el.th("Codes", scope="col"),
                        rx.el.th("Oldest", scope="col"),
                    )
                ),
                rx.el.tbody(rx.foreach(SHOWN.places, _place)),
                class_name="queue numbers",
            ),
            quiet("inbox", "Nothing waits", "Mails stand here from “Send” until the provider has taken them."),
        ),
    )  # fmt: skip


def account() -> Part:
    """The account at the provider: findings, and "Check now"."""
    return section(
        "Account at the mail provider",
        listed(SHOWN.findings, _finding),
        rx.el.p(DeliverySettings.checked, role="status", class_name="refusal"),
        act=button(
            rx.cond(
                DeliverySettings.is_checking,
                rx.fragment(rx.icon("loader-circle", size=15, class_name="turning", aria_hidden="true"), "Checking…"),
                rx.fragment(rx.icon("refresh-cw", size=15, aria_hidden="true"), "Check now"),
            ),
            on_click=DeliverySettings.check, disabled=DeliverySettings.is_checking,
        ),
    )  # fmt: skip


def section(title: str, *content: Any, act: Any = None, count: Any = None) -> Part:
    head = rx.el.h2(
        title, rx.cond(count > 0, rx.el.span(count, class_name="badge red numbers")) if count is not None else None
    )
    return rx.el.section(
        rx.el.div(head, act if act is not None else rx.fragment(), class_name="delivery-head"), *content,
        class_name="card section", aria_label=title,
    )  # fmt: skip


def listed(rows: Any, draw: Callable[[Any], Part]) -> Part:
    return rx.el.div(rx.foreach(rows, draw), class_name="rows inset", custom_attrs={"role": "list"})


def quiet(icon: str, title: str, says: str) -> Part:
    """Nothing here, which is good: quieter than an empty list that somebody has to fill."""
    return rx.el.div(
        rx.icon(icon, size=16, aria_hidden="true"),
        rx.el.p(rx.el.span(title, class_name="row-title"), rx.el.span(says, class_name="second")),
        class_name="quiet-empty",
    )


def _place(row: PlaceRow) -> Part:
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row.label, class_name="row-title hue-" + row.hue.to(str)), rx.el.span(row.says, class_name="second"),
            scope="row",
        ),
        rx.el.td(row.mails), rx.el.td(row.codes), rx.el.td(row.oldest),
    )  # fmt: skip


def _finding(row: FindingRow) -> Part:
    mark = rx.match(row.status, *((status, _mark(*drawn)) for status, drawn in STATUS_ICONS.items()), rx.fragment())
    return rx.el.div(
        mark,
        rx.el.span(
            rx.el.span(row.about, class_name="row-title"),
            rx.el.span(row.says, class_name="second"),
            rx.cond(row.to_do != "", rx.el.span(row.to_do, class_name="second to-do")),
            class_name="row-main",
        ),
        rx.el.span(row.when, class_name="second when numbers"),
        class_name="row finding", custom_attrs={"role": "listitem"},
    )  # fmt: skip


def _mark(icon: str, says: str, hue: str) -> Part:
    return rx.el.span(
        rx.icon(icon, size=18, aria_hidden="true"),
        rx.el.span(says, class_name="sr-only"),
        class_name=f"mark-of hue-{hue}",
    )
