"""`/settings/notifications`."""

import reflex as rx

from caseupdates.interface.dialogs import ask_dialog
from caseupdates.interface.parts import Part, skeleton
from caseupdates.interface.settings_page import settings_page
from caseupdates.people.settings.switches.state import Switches, SwitchRow


def switches_page() -> Part:
    return settings_page(
        "Notifications",
        "Which kinds also come by email. Off means nobody gets one, whatever they chose for themselves; the notification itself always comes.",
        rx.cond(
            Switches.switches,
            rx.el.div(rx.foreach(Switches.switches, _switch), class_name="card rows"),
            skeleton(1),
        ),
        rx.el.p(
            "Verification codes and invitations are always mailed: without them nobody gets in.", class_name="second after-rows"
        ),
        ask_dialog(
            "Send no emails for case updates?",
            rx.fragment(
                Switches.unreached,
                ": sending them an update would reach them in no way, their files and links included. Everybody else still finds it under Notifications.",
            ),
            "Switch off", is_open=Switches.is_asking, on_act=Switches.silence_updates, on_close=Switches.ask,
        ),
    )  # fmt: skip


def _switch(row: SwitchRow) -> Part:
    return rx.el.label(
        rx.el.span(
            rx.el.span(row.label, class_name="row-title"), rx.el.span(row.says, class_name="second"),
            rx.cond(row.since != "", rx.el.span(row.since, class_name="second by-firm")), class_name="row-main",
        ),
        rx.el.span("Email", class_name="second", aria_hidden="true"),
        rx.switch(checked=row.is_on, on_change=lambda on: Switches.switch(row.kind, on), aria_label="Email: " + row.label),
        class_name="row",
    )  # fmt: skip
