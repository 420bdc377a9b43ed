"""`/settings/people/[person_id]`."""

import reflex as rx

from caseupdates.interface.parts import Part, avatar, button, missing, skeleton
from caseupdates.interface.settings_page import settings_page
from caseupdates.people.settings.parts import badge_line
from caseupdates.people.settings.person.parts import (
    aliases_section,
    cases_section,
    details_section,
    entry_section,
    questions,
)
from caseupdates.people.settings.person.state import PersonSettings


def person_page() -> Part:
    crumb = rx.el.nav(
        rx.link("People", href="/settings/people"), rx.icon("chevron-right", size=13, aria_hidden="true"),
        rx.el.span(PersonSettings.person.head.face.name), class_name="crumbs", aria_label="Where this is",
    )  # fmt: skip
    return settings_page(
        _title(), rx.fragment(PersonSettings.person.head.part),
        rx.cond(
            PersonSettings.is_person_loaded,
            rx.cond(PersonSettings.refused != "", missing(PersonSettings.refused), _sections()),
            skeleton(2),
        ),
        questions(),
        acts=_acts(), crumb=crumb, active="People",
    )  # fmt: skip


def _title() -> Part:
    head = PersonSettings.person.head
    return rx.el.span(avatar(head.face, "large"), head.face.name, badge_line(head.badges), class_name="person-title")


def _acts() -> Part:
    person = PersonSettings.person
    return rx.cond(
        person.is_archived,
        button("Bring back", on_click=PersonSettings.bring_back),
        rx.cond(
            PersonSettings.is_person_loaded & (PersonSettings.refused == "") & ~person.is_oneself,
            button("Archive", kind="danger", on_click=PersonSettings.ask("archive")),
        ),
    )


def _sections() -> Part:
    return rx.el.div(
        rx.cond(PersonSettings.person.bounced != "", _bounced()),
        details_section(),
        entry_section(),
        aliases_section(),
        cases_section(),
        class_name="stack sections",
    )


def _bounced() -> Part:
    return rx.el.div(
        rx.icon("mail-x", size=17, aria_hidden="true"),
        rx.el.p(PersonSettings.person.bounced, " Nothing is mailed to it until you reactivate it."),
        button("Reactivate", on_click=PersonSettings.reactivate),
        class_name="card section trouble",
    )  # fmt: skip
