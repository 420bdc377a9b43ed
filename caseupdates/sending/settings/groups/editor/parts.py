"""The dialog of a distribution group: its name, its people, its rules."""

import reflex as rx

from caseupdates.interface.dialogs import entry, form_dialog
from caseupdates.interface.parts import Part, avatar, button, search_field
from caseupdates.sending.settings.groups.editor.state import GroupEditor
from caseupdates.sending.settings.groups.rows import PersonLine, RuleLine, RuleTick


def editor_dialog() -> Part:
    return form_dialog(
        rx.cond(GroupEditor.is_new, "New distribution group", "Edit distribution group"),
        "One tick on it chooses all of its people who can get the update.",
        entry("Name", "name", GroupEditor.name, max_length=80, auto_complete="off", placeholder="Weekly report"),
        _rules(), _people(),
        is_open=GroupEditor.is_open, key=GroupEditor.opened.to_string(), problem=GroupEditor.problem, save="Save group",
        on_submit=GroupEditor.save, on_close=GroupEditor.close,
    )  # fmt: skip


def _rules() -> Part:
    return rx.el.fieldset(
        rx.el.legend("Rules"),
        rx.el.p("Looked up on the case each time an update is sent.", class_name="hint"),
        rx.el.div(
            rx.el.div(
                rx.el.span("On the case as"), rx.el.span("Primary"), rx.el.span("All"), class_name="rule second", aria_hidden="true"
            ),
            rx.foreach(GroupEditor.rules, _rule),
            class_name="rules",
        ),
        class_name="checks",
    )  # fmt: skip


def _rule(line: RuleLine) -> Part:
    return rx.el.div(rx.el.span(line.capacity), _rule_tick(line.primary), _rule_tick(line.everybody), class_name="rule")


def _rule_tick(tick: RuleTick) -> Part:
    box = rx.el.input(
        type="checkbox", name="rule-" + tick.id.to_string(), default_checked=tick.is_ticked, aria_label=tick.words
    )
    return rx.el.label(box, class_name="check")


def _people() -> Part:
    return rx.el.fieldset(
        rx.el.legend("People"),
        rx.cond(
            GroupEditor.members,
            rx.el.ul(rx.foreach(GroupEditor.members, _member), class_name="picked", aria_label="People in this group"),
            rx.el.p("Nobody by name yet.", class_name="hint"),
        ),
        # No form of this name exists, so Enter in the search does not save the group around it.
        search_field("Find people to add", GroupEditor.search, GroupEditor.find, form="none"),
        rx.cond(
            GroupEditor.found,
            rx.el.div(
                rx.foreach(GroupEditor.found, _found),
                rx.cond(GroupEditor.has_more, rx.el.p(button("Show more", on_click=GroupEditor.show_more), class_name="more")),
                class_name="pick", role="group", aria_label="People found",
            ),
            rx.el.p("Nobody has these letters in the name, address or client.", class_name="hint"),
        ),
        class_name="checks people-checks",
    )  # fmt: skip


def _member(person: PersonLine) -> Part:
    return rx.el.li(
        avatar(person.face),
        rx.el.span(
            rx.el.span(person.face.name, class_name="person-name"),
            rx.el.span(rx.cond(person.reason != "", person.reason, person.about), class_name="second"),
            class_name="person",
        ),
        rx.el.button(
            rx.icon("x", size=14, aria_hidden="true"), aria_label="Take " + person.face.name.to(str) + " out", type="button",
            class_name="icon-button small", on_click=GroupEditor.toggle(person.id),
        ),
        key=person.id.to_string(), class_name=rx.cond(person.reason != "", "member blocked", "member"),
    )  # fmt: skip


def _found(person: PersonLine) -> Part:
    return rx.el.label(
        rx.el.button(
            rx.icon("check", size=12, class_name="when-true", aria_hidden="true"),
            role="checkbox", type="button", class_name="tick", aria_label=person.face.name, on_click=GroupEditor.toggle(person.id),
            aria_checked=rx.cond(GroupEditor.member_ids.contains(person.id), "true", "false"),
        ),
        avatar(person.face),
        rx.el.span(
            rx.el.span(person.face.name, class_name="person-name"), rx.el.span(person.about, class_name="second"), class_name="person"
        ),
        key=person.id.to_string(), class_name="block-row",
    )  # fmt: skip
