"""Parts of the page "The firm": its logo, and the list of time zones."""

from collections import defaultdict

import reflex as rx

from caseupdates.files.parts import uploader
from caseupdates.interface.parts import Part, button
from caseupdates.people.firm_facts import ZONES
from caseupdates.people.settings.firm.state import FirmSettings


def logo() -> Part:
    """The logo as it is, and what can be done with it: it is kept as soon as it has arrived."""
    return rx.el.div(
        rx.el.p("Logo", class_name="label", id="logo-label"),
        rx.el.div(
            rx.cond(
                FirmSettings.logo != "",
                rx.el.span(rx.el.img(src=FirmSettings.logo, alt="The firm’s logo as it is now"), class_name="logo-plate"),
                rx.el.span(rx.icon("image", size=20, aria_hidden="true"), rx.el.span("No logo yet", class_name="second"), class_name="logo-plate none"),
            ),
            rx.el.div(
                uploader("/settings/logo", FirmSettings.logo_arrived, label=rx.cond(FirmSettings.logo != "", "Replace logo", "Add logo"), multiple=False, accept="image/png,image/jpeg,image/webp"),
                rx.cond(FirmSettings.logo != "", button("Remove", kind="danger", on_click=FirmSettings.ask(True))),
                class_name="logo-acts",
            ),
            class_name="logo-row",
        ),
        rx.el.p("On every page, on the gate before files, and on print. PNG, JPEG or WebP, at most 1 MB; about 200 by 52 pixels look best. In dark colours it stands on white.", class_name="hint"),
        class_name="field", role="group", aria_labelledby="logo-label",
    )  # fmt: skip


def time_zone() -> Part:
    """The zones by continent, and what time it is in the one that is chosen."""
    continents: dict[str, list[str]] = defaultdict(list)
    for zone in sorted(ZONES - {"UTC"}):
        continents[zone.partition("/")[0]].append(zone)
    groups = (rx.el.optgroup(*(_option(each) for each in zones), label=name) for name, zones in continents.items())
    return rx.el.div(
        rx.el.label("Time zone", html_for="time_zone", class_name="label"),
        rx.el.select(
            rx.el.option("UTC", value="UTC"), *groups, id="time_zone", name="time_zone", default_value=FirmSettings.here.time_zone, class_name="input",
            on_change=FirmSettings.look_at_zone, aria_describedby="time_zone-now time_zone-hint",
        ),
        rx.el.p(FirmSettings.time_there, class_name="second numbers", id="time_zone-now"),
        rx.el.p("Days and times in mails and on the gate are said in it: the last day of a link, above all. Whoever is signed in reads times in the zone of their own device.", class_name="hint", id="time_zone-hint"),
        class_name="field",
    )  # fmt: skip


def _option(zone: str) -> Part:
    """Under its continent a zone goes by its place: "London", "Argentina, Salta"."""
    return rx.el.option(zone.partition("/")[2].replace("/", ", ").replace("_", " "), value=zone)
