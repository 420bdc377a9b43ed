"""`/settings/delivery`."""

import reflex as rx

from caseupdates.delivery.settings.accepted.parts import throughput
from caseupdates.delivery.settings.mails.parts import parked, problems
from caseupdates.delivery.settings.parts import account, flow_card, queue
from caseupdates.delivery.settings.state import DeliverySettings
from caseupdates.interface.dialogs import ask_dialog
from caseupdates.interface.parts import Part, skeleton
from caseupdates.interface.settings_page import settings_page


def delivery_page() -> Part:
    return settings_page(
        "Delivery",
        "Whether mail leaves, what waits and why, and what to do about it. Everything here is live.",
        rx.cond(
            DeliverySettings.is_loaded,
            rx.el.div(
                flow_card(),
                rx.el.div(queue(), throughput(), class_name="delivery-pair"),
                parked(), problems(), rx.cond(DeliverySettings.shown.has_provider, account()),
                class_name="delivery",
            ),
            skeleton(2),
        ),
        _ask(),
    )  # fmt: skip


def _ask() -> Part:
    asked = DeliverySettings.asked
    return ask_dialog(
        asked.title, asked.says, asked.act, is_open=DeliverySettings.is_asking, on_act=DeliverySettings.confirm,
        on_close=DeliverySettings.close, problem=DeliverySettings.problem,
    )  # fmt: skip
