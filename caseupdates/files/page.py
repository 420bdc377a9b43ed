"""The Files tab of a case."""

import reflex as rx

from caseupdates.files.parts import download, kind_icon, uploader
from caseupdates.files.rows import FileRow
from caseupdates.files.state import CaseFiles
from caseupdates.interface.parts import Part, button, empty


def files_tab() -> Part:
    return rx.fragment(
        rx.cond(
            CaseFiles.may_add_files,
            uploader(CaseFiles.files_path, CaseFiles.look, hint="or drop them here. Only employees on the case see them, until they go with an update."),
        ),
        rx.cond(
            CaseFiles.case_files,
            rx.el.div(rx.foreach(CaseFiles.case_files, _row), class_name="card rows", custom_attrs={"role": "list"}),
            empty("files", "No files yet", "Files that come with this case's updates are listed here."),
        ),
        rx.cond(CaseFiles.has_more_files, rx.el.p(button("Show more", on_click=CaseFiles.show_more), class_name="more")),
    )  # fmt: skip


def _row(file: FileRow) -> Part:
    return rx.el.div(
        kind_icon(file.icon),
        rx.el.span(
            rx.el.a(file.name, href=file.url, target="_blank", class_name="row-title file-name link"),
            rx.el.span(rx.el.span(file.kind), rx.el.span(file.size, class_name="numbers"), rx.el.span(file.about), class_name="second facts"),
            class_name="row-main",
        ),
        download(file.url, file.name, class_name="icon-button"),
        class_name="row", custom_attrs={"role": "listitem"},
    )  # fmt: skip
