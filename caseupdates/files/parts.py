"""How files are drawn: an icon by kind, chips under an update, rows of a case."""

from typing import Any

import reflex as rx

from caseupdates.files.rows import FileRow
from caseupdates.interface.parts import Part, button


def kind_icon(icon: Any) -> Any:
    def drawn(name: str) -> Part:
        return rx.icon(name, size=16, aria_hidden="true", class_name="file-icon")

    return rx.match(
        icon,
        ("picture", drawn("file-image")),
        ("video", drawn("file-video")),
        ("sound", drawn("file-audio")),
        ("text", drawn("file-text")),
        drawn("file"),
    )


def file_chips(files: Any) -> Part:
    """The files of an update; each opens in a window of its own."""
    return rx.cond(files, rx.el.ul(rx.foreach(files, _chip), class_name="chips", aria_label="Files"))


def _chip(file: FileRow) -> Part:
    return rx.el.li(
        rx.el.a(
            kind_icon(file.icon), rx.el.span(file.name, class_name="file-name"), rx.el.span(file.size, class_name="second numbers"),
            href=file.url, target="_blank", class_name="chip",
        )
    )  # fmt: skip


def download(url: Any, name: Any, *words: Any, class_name: str) -> Part:
    """Keep a file. A link to our own address is the router's unless told otherwise, and it knows no such page."""
    return rx.el.a(
        rx.icon("download", size=15, aria_hidden="true"), *words, rx.el.span("Download ", name, class_name="sr-only"),
        href=url + "?download", download=True, class_name=class_name, custom_attrs={"reloadDocument": True},
    )  # fmt: skip


def uploader(
    path: Any, uploaded: Any, *, label: Any = "Add files", hint: Any = None, multiple: bool = True, **props: Any
) -> Part:
    """Pick or drop files; assets/upload.js sends them to `path` and calls `uploaded` after each that arrived."""
    return rx.el.div(
        rx.el.input(type="file", multiple=multiple, hidden=True, aria_label=label, **props),
        rx.el.button(hidden=True, type="button", on_click=uploaded, custom_attrs={"data-uploaded": ""}, tab_index=-1, aria_label="Uploaded"),
        rx.el.div(
            button(rx.icon("paperclip", size=15, aria_hidden="true"), label, custom_attrs={"data-pick": ""}),
            rx.el.span(hint, class_name="second") if hint is not None else rx.fragment(),
            class_name="uploader-head",
        ),
        rx.el.ul(class_name="uploads", custom_attrs={"data-uploads": ""}),
        class_name="uploader", custom_attrs={"data-upload": path},
    )  # fmt: skip


def file_line(file: FileRow, *acts: Any) -> Part:
    """A file as a row, with what can be done with it."""
    return rx.el.li(
        kind_icon(file.icon),
        rx.el.a(file.name, href=file.url, target="_blank", class_name="file-name link"),
        rx.el.span(file.size, class_name="second numbers"),
        *acts,
        class_name="file-line",
    )
