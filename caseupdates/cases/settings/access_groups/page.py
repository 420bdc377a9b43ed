"""`/settings/access-groups`."""

import reflex as rx

from caseupdates.cases.settings.access_groups.rows import GroupRow, RoleBox
from caseupdates.cases.settings.access_groups.state import AccessGroups
from caseupdates.interface.dialogs import ask_dialog, check, entry, form_dialog
from caseupdates.interface.parts import Part, badge, bar_button, button, empty, skeleton
from caseupdates.interface.settings_page import settings_page

NONE = "An update is written in an access group. Add the first with “Add access group”, perhaps “Staff only”."


def access_groups_page() -> Part:
    return settings_page(
        "Access groups",
        "Every update is in one. It says which roles see the update on their cases, and whether it must be validated.",
        rx.cond(
            AccessGroups.is_loaded,
            rx.cond(
                AccessGroups.groups,
                rx.el.div(rx.foreach(AccessGroups.groups, _group), class_name="card rows", custom_attrs={"role": "list"}),
                empty("eye", "No access groups yet", NONE),
            ),
            skeleton(1),
        ),
        _form(),
        ask_dialog(
            rx.el.span("Remove “", AccessGroups.chosen.name, "”?"), "It leaves the list. An access group with updates or drafts in it stays.",
            "Remove", is_open=AccessGroups.is_asking, on_act=AccessGroups.remove, on_close=AccessGroups.close,
            problem=AccessGroups.problem,
        ),
        acts=button(
            rx.icon("plus", size=15, aria_hidden="true"), "Add access group", kind="solid", on_click=AccessGroups.open_new
        ),
    )  # fmt: skip


def _group(group: GroupRow) -> Part:
    return rx.el.div(
        rx.el.div(
            rx.el.span(group.name, class_name="row-title"),
            rx.el.span(group.seen, class_name="second"),
            rx.el.span(group.rules, class_name="second"),
            rx.cond(group.trouble != "", rx.el.span(badge("triangle-alert", group.trouble, hue="amber"), class_name="row-trouble")),
            class_name="row-main",
        ),
        badge("notebook-pen", group.updates, hue="gray"),
        rx.el.div(
            bar_button("pencil", _of("Edit", group), on_click=AccessGroups.open_edit(group.id)),
            bar_button("trash-2", _of("Remove", group), on_click=AccessGroups.ask_remove(group.id)),
            class_name="row-acts",
        ),
        class_name="row rule-row", custom_attrs={"role": "listitem"},
    )  # fmt: skip


def _of(act: str, group: GroupRow) -> Part:
    """The word, and for a screen reader whose it is."""
    return rx.fragment(act, rx.el.span(" ", group.name, class_name="sr-only"))


def _form() -> Part:
    chosen = AccessGroups.chosen
    return form_dialog(
        rx.cond(chosen.id > 0, "Edit access group", "Add access group"),
        "Writers choose it for each update.",
        entry("Name", "group-name", chosen.name, max_length=200, auto_complete="off"),
        rx.el.fieldset(
            rx.el.legend("Who sees its updates"), rx.foreach(chosen.boxes, _box), _what_a_change_does(), class_name="checks"
        ),
        check(
            "Needs validation", "needs-validation", chosen.needs_validation,
            hint="Somebody validates an update before it can be sent and before contacts see it. Without, it counts as validated "
            "as it is saved. A change is for what is saved from then on: what was validated stays so, what waits goes on waiting.",
        ),
        check(
            "Moves “Last update”", "moves-last-update", chosen.moves_last_update,
            hint="Writing, editing and sending put the case at the top of the list of cases.",
        ),
        is_open=AccessGroups.is_open, key=AccessGroups.opened.to_string(), problem=AccessGroups.problem,
        on_submit=AccessGroups.save, on_close=AccessGroups.close,
    )  # fmt: skip


def _box(box: RoleBox) -> Part:
    return check(box.label, box.name, box.is_ticked, hint=box.says)


def _what_a_change_does() -> Part:
    return rx.cond(
        AccessGroups.chosen.id > 0,
        rx.el.p(
            "Roles you untick lose sight of every update in it at once, and roles you tick see all of them, old ones too. What was "
            "already sent stays with its recipients: emails, notifications, and links until they end or are revoked.",
            class_name="hint",
        ),
    )
