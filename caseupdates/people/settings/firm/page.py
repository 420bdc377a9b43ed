"""`/settings/firm`: a section for each thing the firm decides, each saved by itself."""

from typing import Any

import reflex as rx

from caseupdates.interface.dialogs import ask_dialog, check, entry
from caseupdates.interface.parts import Part, button, skeleton
from caseupdates.interface.settings_page import settings_page
from caseupdates.people.firm_facts import CONTACT_LENGTH, LINKS_EXPIRE, NAME_LENGTH, SIGNATURE_LENGTH
from caseupdates.people.settings.firm.parts import logo, time_zone
from caseupdates.people.settings.firm.state import FirmSettings

OLD_NAMES = {
    "Etc",
    "US",
    "Canada",
    "Brazil",
    "Mexico",
    "Chile",
    "SystemV",
}  # zoneinfo keeps them; nobody looks for them


def firm_page() -> Part:
    return settings_page(
        "The firm",
        "What outsiders see of you, and what everybody’s work begins with.",
        rx.cond(
            FirmSettings.is_loaded,
            rx.el.div(_contact(), _mail(), _zone(), _sending(), class_name="sections"),
            skeleton(4),
        ),
        ask_dialog(
            "Remove the logo?", "Every page shows the name alone then. You can upload a logo again at any time.", "Remove logo",
            is_open=FirmSettings.is_asking, on_act=FirmSettings.remove_logo, on_close=FirmSettings.ask,
        ),
    )  # fmt: skip


def _contact() -> Part:
    here = FirmSettings.here
    return _section(
        "contact", "Name and contact", here.name + here.contact + here.reply_to, FirmSettings.save_contact,
        entry("Firm", "name", here.name, max_length=NAME_LENGTH, hint="Stands on every page, on the gate before files, and in every mail.", auto_complete="organization"),
        entry("Contact for outsiders", "contact", here.contact, max_length=CONTACT_LENGTH, hint="One line at the foot of the gate and of mails: whom recipients ask when a link or a code does not work. “Questions? Call 020 7946 0000.”"),
        entry("Reply address", "reply_to", here.reply_to, type="email", hint="Answers to our mails go there. Without one they go to the address the mails come from.", auto_complete="off"),
        before=logo(),
    )  # fmt: skip


def _mail() -> Part:
    value = FirmSettings.here.email_signature
    return _section(
        "mail", "Mail", value, FirmSettings.save_mail,
        entry("Email signature", "email_signature", value, area=True, rows=5, max_length=SIGNATURE_LENGTH, hint="Stands where the email template says {{Company.email_signature}}. Markdown: **bold**, a blank line for a new paragraph."),
    )  # fmt: skip


def _zone() -> Part:
    return _section("zone", "Time zone", FirmSettings.here.time_zone, FirmSettings.save_zone, time_zone())


def _sending() -> Part:
    here = FirmSettings.here
    options = (rx.el.option(each[0].upper() + each[1:], value=each) for each in LINKS_EXPIRE)
    return _section(
        "sending", "What a sending begins with", here.files + here.links_expire + here.verify_identity.to_string(), FirmSettings.save_sending,
        rx.el.p("The dialog “Send Update” opens like this. Whoever sends can choose otherwise each time.", class_name="second"),
        rx.el.fieldset(
            rx.el.legend("Files"),
            _radio("attach", "Attach files", "They travel in the mail, as far as they fit into it. Nobody can take them back."),
            _radio("links", "Send links", "Each recipient has a link of their own, which ends, can be revoked, and shows what was opened."),
            class_name="checks",
        ),
        rx.el.div(
            rx.el.label("Links expire", html_for="links_expire", class_name="label"),
            rx.el.select(*options, id="links_expire", name="links_expire", default_value=here.links_expire, class_name="input", aria_describedby="links_expire-hint"),
            rx.el.p("After that a link opens nothing, until the sender renews it.", class_name="hint", id="links_expire-hint"),
            class_name="field",
        ),
        check("Enable Identity Verification", "verify_identity", here.verify_identity, hint="Links ask for the recipient’s email address and a code that is mailed to it. Attached files are not protected by it."),
    )  # fmt: skip


def _section(name: str, title: str, key: Any, on_submit: Any, *fields: Any, before: Any = None) -> Part:
    """A card with a form; it begins anew when what is saved has changed, and keeps what was typed when it is refused."""
    problem = rx.cond(FirmSettings.refused_in == name, FirmSettings.problem, "")
    return rx.el.section(
        rx.el.h2(title, id=f"{name}-title"),
        before if before is not None else rx.fragment(),
        rx.el.form(
            *fields,
            rx.el.div(button("Save", kind="solid", type="submit"), rx.el.p(problem, role="alert", class_name="refusal"), class_name="section-foot"),
            on_submit=on_submit, key=key, no_validate=True, class_name="stack",
        ),
        class_name="card section", aria_labelledby=f"{name}-title",
    )  # fmt: skip


def _radio(value: str, label: str, says: str) -> Part:
    return rx.el.label(
        rx.el.input(type="radio", name="files", value=value, default_checked=FirmSettings.here.files == value),
        rx.el.span(rx.el.span(label, class_name="label"), rx.el.span(says, class_name="second"), class_name="check-words"),
        class_name="check",
    )  # fmt: skip
