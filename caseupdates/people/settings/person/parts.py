"""The sections of a person's page, and the questions it asks."""

import reflex as rx

from caseupdates.interface.dialogs import ask_dialog, entry
from caseupdates.interface.parts import Part, bar_button, button
from caseupdates.people.parts import session_line
from caseupdates.people.settings.parts import detail_fields
from caseupdates.people.settings.person.rows import AliasRow, CaseLine
from caseupdates.people.settings.person.state import PersonSettings

EMAIL_HINT = (
    "They sign in with it. When it changes, links already sent to the old address stop working, and so do invitations."
)


def details_section() -> Part:
    return rx.el.form(
        rx.el.h2("Details"),
        *detail_fields(
            PersonSettings.form, on_kind=PersonSettings.choose_kind, on_role=PersonSettings.choose_role, email_hint=EMAIL_HINT
        ),
        rx.el.div(
            button("Save", kind="solid", type="submit"),
            rx.el.p(PersonSettings.problem, role="alert", class_name="refusal"),
            class_name="section-foot",
        ),
        on_submit=PersonSettings.save, key=PersonSettings.saved.to_string(), no_validate=True,
        class_name="card section stack",
    )  # fmt: skip


def entry_section() -> Part:
    person = PersonSettings.person
    again = (person.is_invited) | (person.entry.contains("have a password"))
    return rx.el.section(
        rx.el.div(
            rx.el.div(rx.el.h2("Signing in"), rx.el.p(person.entry, class_name="second")),
            rx.cond(person.may_invite, button(rx.cond(again, "Invite again", "Invite"), on_click=PersonSettings.invite)),
            class_name="section-head",
        ),
        rx.cond(
            person.sessions,
            rx.fragment(
                rx.el.div(rx.foreach(person.sessions, session_line), class_name="rows inset"),
                rx.el.div(
                    button("End all sessions", kind="danger", on_click=PersonSettings.ask("sessions")), class_name="section-foot"
                ),
            ),
            rx.el.p("Signed in nowhere at the moment.", class_name="second"),
        ),
        class_name="card section stack",
    )  # fmt: skip


def aliases_section() -> Part:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Aliases"),
            rx.el.p("Other addresses of theirs: they sign in and confirm themselves with these too.", class_name="second"),
        ),
        rx.cond(
            PersonSettings.person.aliases,
            rx.el.div(rx.foreach(PersonSettings.person.aliases, _alias), class_name="rows inset"),
        ),
        rx.el.form(
            entry("Add an alias", "alias", type="email", auto_complete="off", max_length=320),
            button("Add", type="submit"),
            on_submit=PersonSettings.add_alias, key=PersonSettings.added.to_string(), no_validate=True, class_name="one-line",
        ),
        rx.el.p(PersonSettings.alias_problem, role="alert", class_name="refusal"),
        class_name="card section stack",
    )  # fmt: skip


def cases_section() -> Part:
    return rx.el.section(
        rx.el.h2("Cases"),
        rx.cond(
            PersonSettings.person.cases,
            rx.el.div(rx.foreach(PersonSettings.person.cases, _case), class_name="rows inset"),
            rx.el.p("On no case. People are assigned on a case's tab “Assigned”.", class_name="second"),
        ),
        class_name="card section stack",
    )


def questions() -> Part:
    person = PersonSettings.person
    return rx.fragment(
        ask_dialog(
            rx.fragment("Archive ", person.head.face.name, "?"),
            "They are signed out at once and can no longer be chosen. Links and invitations sent to them stop working. "
            "What they did stays, and you can bring them back.",
            "Archive", is_open=PersonSettings.asking == "archive", on_act=PersonSettings.archive,
            on_close=PersonSettings.close, problem=PersonSettings.ask_problem,
        ),
        ask_dialog(
            "End all sessions?",
            rx.cond(
                person.is_oneself,
                "You are signed out everywhere, here too.",
                "They are signed out everywhere at once. With their password they can sign in again.",
            ),
            "End all sessions", is_open=PersonSettings.asking == "sessions", on_act=PersonSettings.end_sessions,
            on_close=PersonSettings.close, problem=PersonSettings.ask_problem,
        ),
    )  # fmt: skip


def _alias(row: AliasRow) -> Part:
    return rx.el.div(
        rx.el.span(row.address, class_name="row-main"),
        bar_button(
            "x", "Remove", on_click=PersonSettings.remove_alias(row.id), aria_label="Remove " + row.address.to(str)
        ),
        class_name="row",
    )


def _case(row: CaseLine) -> Part:
    return rx.link(
        rx.icon("folder", size=16, aria_hidden="true"),
        rx.el.span(
            rx.el.span(row.title, class_name="row-title"),
            rx.el.span(row.number, " · ", row.part, class_name="second"),
            class_name="row-main",
        ),
        href="/cases/" + row.number.to(str), class_name="row",
    )  # fmt: skip
