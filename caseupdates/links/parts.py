"""A file at the gate: described to a stranger, shown and kept by whoever is in."""

from typing import Any

import reflex as rx

from caseupdates.files.parts import download, kind_icon
from caseupdates.interface.parts import Part
from caseupdates.links.rows import GateFile


def described_file(file: GateFile) -> Part:
    return rx.el.li(
        kind_icon(file.icon),
        rx.el.span(rx.cond(file.name != "", file.name, file.kind), class_name="file-name"),
        rx.el.span(file.size, class_name="second numbers"),
    )


def file_card(file: GateFile) -> Part:
    return rx.el.section(
        rx.match(
            file.shape,
            ("video", rx.el.video(src=file.url, controls=True, preload="none", poster="/poster.svg", class_name="shown", aria_label=file.name, custom_attrs={"playsInline": True})),
            ("audio", rx.el.audio(src=file.url, controls=True, preload="none", class_name="shown", aria_label=file.name)),
            ("image", rx.el.img(src=file.url, alt=file.name, class_name="shown", loading="lazy")),
            rx.fragment(),
        ),
        rx.el.div(
            rx.cond((file.shape == "pdf") | (file.shape == ""), kind_icon(file.icon)),
            rx.el.div(
                rx.el.h2(file.name, class_name="file-name"),
                rx.el.p(file.kind, " · ", rx.el.span(file.size, class_name="numbers"), class_name="second"),
                class_name="file-words",
            ),
            rx.cond(file.shape == "pdf", _view(file)),
            download(file.url, file.name, rx.el.span("Download", class_name="download-word", aria_hidden="true"), class_name="button plain"),
            class_name="file-line",
        ),
        rx.cond(file.shape == "pdf", rx.el.div(class_name="pdf-place", id="pdf-" + file.id.to_string(), hidden=True)),
        class_name="gate-file",
    )  # fmt: skip


def _view(file: Any) -> Part:
    """Opens the document in the page, or in a window of its own where the browser shows none in a page."""
    return rx.el.a(
        "View", rx.el.span(" ", file.name, class_name="sr-only"), href=file.url, target="_blank", class_name="button plain",
        custom_attrs={"data-view": "pdf-" + file.id.to_string()},
    )  # fmt: skip
