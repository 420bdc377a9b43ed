"""The right side of the dialog: files, how they go, when links expire, identity verification."""

import reflex as rx

from caseupdates.files.parts import kind_icon
from caseupdates.interface.parts import Part
from caseupdates.links.expiry import Expiry
from caseupdates.sending.dialog.files.rows import PlannedFile
from caseupdates.sending.dialog.state import SendDialog

WORDS = {Expiry.CASE_CLOSES: "when the case closes", Expiry.DATE: "on a date"}


def files_part() -> Part:
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.el.span("Files", class_name="label", id="how-files-go"),
                rx.segmented_control.root(
                    rx.segmented_control.item("Attach files", value="attach"),
                    rx.segmented_control.item("Send links", value="links"),
                    value=rx.cond(SendDialog.attach, "attach", "links"),
                    on_change=SendDialog.handle, custom_attrs={"aria-labelledby": "how-files-go"},
                ),
                class_name="field-head",
            ),
            rx.el.ul(rx.foreach(SendDialog.files, _file), class_name="file-lines", aria_label="Files of this update"),
            class_name="field",
        ),
        rx.cond(SendDialog.has_links, _expiry()),
        rx.cond(
            SendDialog.has_links,
            _verification(),
            rx.el.p("Attached files reach everybody's mailbox. Identity verification is for links only.", class_name="hint"),
        ),
    )  # fmt: skip


def _file(file: PlannedFile) -> Part:
    return rx.el.li(
        kind_icon(file.icon),
        rx.el.span(
            rx.el.span(file.name, class_name="file-name"),
            rx.cond(file.reason != "", rx.el.span("As a link: ", file.reason, class_name="second reason")),
            class_name="person",
        ),
        rx.el.span(file.size, class_name="second numbers"),
        class_name="file-line",
    )


def _expiry() -> Part:
    return rx.el.div(
        rx.el.label("Links expire", html_for="expiry", class_name="label"),
        rx.el.div(
            rx.el.select(
                *(rx.el.option(WORDS.get(each, f"in {each}"), value=str(each)) for each in Expiry),
                id="expiry", value=SendDialog.expiry, on_change=SendDialog.expire, class_name="input",
            ),
            rx.cond(
                SendDialog.expiry == str(Expiry.DATE),
                rx.el.input(type="date", value=SendDialog.expiry_date, on_change=SendDialog.expire_on, class_name="input", aria_label="Last day"),
                rx.cond(SendDialog.expiry != str(Expiry.CASE_CLOSES), rx.el.span(SendDialog.expiry_said, class_name="second numbers")),
            ),
            class_name="expiry",
        ),
        class_name="field-head",
    )  # fmt: skip


def _verification() -> Part:
    return rx.el.label(
        rx.el.button(
            rx.icon("check", size=12, class_name="when-true", aria_hidden="true"),
            role="checkbox", type="button", class_name="tick", on_click=SendDialog.toggle_verify,
            aria_checked=rx.cond(SendDialog.verify, "true", "false"), aria_label="Enable Identity Verification", aria_describedby="verify-hint",
        ),
        rx.el.span(
            rx.el.span("Enable Identity Verification", class_name="label"),
            rx.el.span("Recipients confirm their email with a code. Links only; attached files are not affected.", class_name="second", id="verify-hint"),
            class_name="verify-words",
        ),
        class_name=rx.cond(SendDialog.verify, "verify on", "verify"),
    )  # fmt: skip
