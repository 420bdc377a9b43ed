"""Parts of the page "Delivery" under /settings."""

from typing import Any

import reflex as rx

from caseupdates.delivery.settings.rows import About, BarRow, FindingRow, ParkedRow, PlaceRow, ProblemRow
from caseupdates.delivery.settings.state import DeliverySettings
from caseupdates.interface.parts import Part, bar_button, button

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
    return _section(
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
            _quiet("inbox", "Nothing waits", "Mails stand here from “Send” until the provider has taken them."),
        ),
    )  # fmt: skip


def throughput() -> Part:
    """How much was accepted, as numbers and as bars."""
    numbers = SHOWN.throughput
    return _section(
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


def parked() -> Part:
    """Mails for a person to decide about."""
    again = button(
        rx.icon("rotate-cw", size=15, aria_hidden="true"), "Send all again", on_click=DeliverySettings.send_all_again
    )
    return _section(
        "Waiting for a person",
        rx.cond(
            SHOWN.parked,
            rx.el.div(rx.foreach(SHOWN.parked, _parked), class_name="rows inset", custom_attrs={"role": "list"}),
            _quiet("check", "Nothing to decide", "What could not be handed over, or may have arrived, waits here for you."),
        ),
        rx.cond(DeliverySettings.has_more, rx.el.p(button("Show more", on_click=DeliverySettings.show_more), class_name="more")),
        act=rx.cond(SHOWN.sendable > 1, again),
        count=SHOWN.parked_count,
    )  # fmt: skip


def problems() -> Part:
    """The last problems, the same sentence once."""
    return _section(
        "Last problems",
        rx.cond(
            SHOWN.problems,
            rx.el.div(rx.foreach(SHOWN.problems, _problem), class_name="rows inset", custom_attrs={"role": "list"}),
            _quiet("check", "No problems", "What goes wrong with a mail is told here, in plain words."),
        ),
    )


def account() -> Part:
    """The account at the provider: findings, and "Check now"."""
    return _section(
        "Account at the mail provider",
        rx.el.div(rx.foreach(SHOWN.findings, _finding), class_name="rows inset", custom_attrs={"role": "list"}),
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


def _section(title: str, *content: Any, act: Any = None, count: Any = None) -> Part:
    head = rx.el.h2(
        title, rx.cond(count > 0, rx.el.span(count, class_name="badge red numbers")) if count is not None else None
    )
    return rx.el.section(
        rx.el.div(head, act if act is not None else rx.fragment(), class_name="delivery-head"), *content,
        class_name="card section", aria_label=title,
    )  # fmt: skip


def _quiet(icon: str, title: str, says: str) -> Part:
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
