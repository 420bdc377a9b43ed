"""Parts of the pages of people under /settings: their badges, and the fields of their form."""

from typing import Any

import reflex as rx

from caseupdates.interface.dialogs import choice, entry
from caseupdates.interface.parts import Part
from caseupdates.people.models import AccessLevel, PersonKind
from caseupdates.people.settings.rows import Badge, Fields

LEVELS = {
    AccessLevel.FULL: "All cases. Contacts still see only those they are on.",
    AccessLevel.LIMITED: "Only the cases they are assigned to.",
    AccessLevel.DISABLED: "Cannot sign in, and is sent nothing. Sessions end at once.",
}


def badge_line(badges: Any) -> Part:
    return rx.el.span(rx.foreach(badges, _badge), class_name="badges")


def detail_fields(form: Fields, *, on_kind: Any, on_role: Any, email_hint: Any) -> list[Part]:
    """Name, email, kind, client, role and access level; what is offered follows the kind."""
    return [
        rx.el.div(
            entry("Name", "name", form.name, max_length=100, auto_complete="off"),
            choice("Kind", "kind", list(PersonKind), form.kind, on_change=on_kind),
            class_name="two",
        ),
        entry("Email", "email", form.email, type="email", auto_complete="off", max_length=320, hint=email_hint),
        rx.cond(form.kind != str(PersonKind.EMPLOYEE), choice("Client", "client", form.clients, form.client)),
        choice("Role", "role", form.roles, form.role, hint=form.permits, on_change=on_role, key=form.kind),
        rx.el.fieldset(
            rx.el.legend("Access level"), *(_level(level, says, form.level) for level, says in LEVELS.items()), class_name="checks"
        ),
    ]  # fmt: skip


def _level(level: AccessLevel, says: str, chosen: Any) -> Part:
    return rx.el.label(
        rx.el.input(type="radio", name="access_level", value=str(level), default_checked=chosen == str(level)),
        rx.el.span(rx.el.span(str(level), class_name="label"), rx.el.span(says, class_name="second"), class_name="check-words"),
        class_name="check",
    )  # fmt: skip


def _badge(badge: Badge) -> Part:
    return rx.el.span(badge.words, class_name="badge " + badge.hue.to(str))
