"""`/settings/people`."""

import reflex as rx

from caseupdates.interface.dialogs import check, form_dialog
from caseupdates.interface.parts import Part, avatar, button, empty, search_field, skeleton
from caseupdates.interface.settings_page import settings_page
from caseupdates.people.listing import Who
from caseupdates.people.settings.parts import badge_line, detail_fields
from caseupdates.people.settings.people.state import People
from caseupdates.people.settings.rows import PersonRow


def people_page() -> Part:
    return settings_page(
        "People", "Who works here and who receives. A role says what somebody may do, the access level on which cases.",
        _filters(),
        rx.cond(
            People.is_loaded,
            rx.cond(People.people, rx.el.div(rx.foreach(People.people, _row), class_name="card rows"), _nobody()),
            skeleton(1),
        ),
        rx.cond(People.has_more, rx.el.p(button("Show more", on_click=People.show_more), class_name="more")),
        _add_dialog(),
        acts=button(rx.icon("plus", size=15, aria_hidden="true"), "Add person", kind="solid", on_click=People.open_new),
    )  # fmt: skip


def _filters() -> Part:
    return rx.el.div(
        search_field("Search people", People.search, People.find),
        rx.segmented_control.root(
            *(rx.segmented_control.item(each.capitalize(), value=str(each)) for each in Who), value=People.who, on_change=People.only
        ),
        rx.segmented_control.root(
            rx.segmented_control.item("Active", value="active"), rx.segmented_control.item("Archived", value="archived"),
            value=rx.cond(People.is_archived, "archived", "active"), on_change=People.show,
        ),
        class_name="filters",
    )  # fmt: skip


def _row(row: PersonRow) -> Part:
    return rx.link(
        avatar(row.face, "large"),
        rx.el.span(
            rx.el.span(row.face.name, class_name="row-title"),
            rx.el.span(row.part, class_name="second"),
            rx.el.span(row.address, class_name="second"),
            class_name="row-main",
        ),
        badge_line(row.badges),
        href="/settings/people/" + row.id.to_string(), class_name="row",
    )  # fmt: skip


def _nobody() -> Part:
    is_narrowed = (People.search != "") | (People.who != str(Who.EVERYBODY))
    return rx.cond(
        is_narrowed,
        empty("search-x", "Nobody matches", "Try fewer letters, or look among everybody, active and archived."),
        rx.cond(
            People.is_archived,
            empty(
                "archive", "Nobody is archived", "Whoever leaves is archived on their own page; what they did stays."
            ),
            empty("users", "Nobody here", "Add the people who work here and those who receive."),
        ),
    )


def _add_dialog() -> Part:
    return form_dialog(
        "Add person", "Somebody of the firm, or a contact who receives updates.",
        *detail_fields(
            People.form, on_kind=People.choose_kind, on_role=People.choose_role,
            email_hint="They sign in with it. A contact who is not mailed needs none.",
        ),
        check(
            "Invite by email", "invite", True,
            hint="They get a link to choose a password, good for 72 hours. Without it they cannot sign in yet.",
        ),
        is_open=People.is_open, key=People.opened.to_string(), problem=People.problem, on_submit=People.add,
        on_close=People.close, save="Add person",
    )  # fmt: skip
