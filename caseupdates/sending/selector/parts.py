"""The blocks of the selector and their rows."""

from typing import Any

import reflex as rx

from caseupdates.interface.parts import Part, avatar, badge
from caseupdates.sending.dialog.state import SendDialog
from caseupdates.sending.models import Channel
from caseupdates.sending.selector.rows import GROUPS, BlockRow, GroupRow, PersonRow


def selector() -> Part:
    return rx.el.div(
        rx.cond(SendDialog.groups, _groups_block()),
        rx.foreach(SendDialog.blocks, _block),
        rx.cond(
            ~SendDialog.blocks & ~SendDialog.groups,
            rx.el.p(
                rx.cond(SendDialog.search != "", "Nobody here has these letters in the name.", "Nobody can receive this yet: assign people to the case."),
                class_name="second",
            ),
        ),
        class_name="blocks", role="group", aria_label="Recipients",
    )  # fmt: skip


def _block(block: BlockRow) -> Part:
    is_open = SendDialog.expanded.contains(block.name) | (SendDialog.search != "")
    number = SendDialog.chosen_by_block[block.name]
    return rx.el.div(
        rx.el.div(
            _tick(
                rx.cond(number == 0, "false", rx.cond(number == block.ids.length(), "true", "mixed")),
                f"All {block.name}", SendDialog.toggle_block(block.name), disabled=block.ids.length() == 0,
            ),
            _opener(block.label, block.name, is_open, rx.cond(number > 0, f"{number} chosen", "")),
            class_name="block-head",
        ),
        rx.cond(is_open, rx.el.div(rx.foreach(block.people, _person), class_name="block-rows")),
        key=block.name, class_name="block",
    )  # fmt: skip


def _groups_block() -> Part:
    is_open = SendDialog.expanded.contains(GROUPS) | (SendDialog.search != "")
    number, possible = SendDialog.ticked_on_show, SendDialog.groups_that_can.length()
    return rx.el.div(
        rx.el.div(
            _tick(
                rx.cond(number == 0, "false", rx.cond(number >= possible, "true", "mixed")),
                f"All {GROUPS}", SendDialog.toggle_groups, disabled=possible == 0,
            ),
            _opener(f"{GROUPS} ({SendDialog.groups.length()})", GROUPS, is_open, rx.cond(number > 0, f"{number} chosen", "")),
            class_name="block-head",
        ),
        rx.cond(is_open, rx.el.div(rx.foreach(SendDialog.groups, _group), class_name="block-rows")),
        class_name="block",
    )  # fmt: skip


def _opener(label: Any, name: Any, is_open: Any, chosen: Any) -> Part:
    return rx.fragment(
        rx.el.button(
            label, type="button", class_name="opener", on_click=SendDialog.expand(name),
            aria_expanded=rx.cond(is_open, "true", "false"),
        ),
        rx.el.span(chosen, class_name="second numbers chosen"),
        rx.icon("chevron-right", size=16, class_name=rx.cond(is_open, "chevron open", "chevron"), aria_hidden="true"),
    )  # fmt: skip


def _person(row: PersonRow) -> Part:
    return rx.el.label(
        _tick(
            rx.cond(SendDialog.chosen.contains(row.id), "true", "false"), row.face.name, SendDialog.toggle(row.id),
            disabled=~row.can_be_chosen,
        ),
        *_who_and_what(row),
        key=row.id.to_string(), class_name=rx.cond(row.can_be_chosen, "block-row", "block-row blocked"),
    )  # fmt: skip


def _who_and_what(row: PersonRow) -> tuple[Any, ...]:
    """A person, and what they will get and why."""
    name = rx.el.span(
        rx.el.span(row.face.name, class_name="person-name"), rx.el.span(row.company, class_name="second"),
        rx.cond(row.reason != "", rx.el.span(row.reason, class_name="second reason")),
        class_name="person",
    )  # fmt: skip
    what = rx.match(
        row.channel,
        (str(Channel.EMAIL), badge("mail", str(Channel.EMAIL), hue="jade")),
        (str(Channel.NOTIFICATION), badge("bell", str(Channel.NOTIFICATION), hue="gray")),
        (str(Channel.BLOCKED), badge("ban", str(Channel.BLOCKED), hue="red")),
        badge("minus", "Left out", hue="gray"),
    )
    return avatar(row.face), name, what


def _group(group: GroupRow) -> Part:
    is_open = SendDialog.unfolded.contains(group.id)
    checked = rx.cond(SendDialog.partly_ticked.contains(group.id), "mixed", "false")
    return rx.el.div(
        rx.el.div(
            rx.el.label(
                _tick(
                    rx.cond(SendDialog.ticked.contains(group.id), "true", checked), group.name,
                    SendDialog.toggle_group(group.id), disabled=group.ids.length() == 0,
                ),
                rx.el.span(
                    rx.el.span(group.name, class_name="person-name"), rx.el.span(group.said, class_name="second reason"),
                    class_name="person",
                ),
                class_name="group-name",
            ),
            _unfolder(group, is_open),
            class_name=rx.cond(group.ids, "block-row", "block-row blocked"),
        ),
        rx.cond(is_open, _members(group)),
        key=group.id.to_string(), class_name="group",
    )  # fmt: skip


def _unfolder(group: GroupRow, is_open: Any) -> Part:
    return rx.el.button(
        rx.el.span(group.count, class_name="numbers"), rx.el.span(" of ", group.name, class_name="sr-only"),
        rx.icon("chevron-right", size=14, class_name=rx.cond(is_open, "chevron open", "chevron"), aria_hidden="true"),
        type="button", class_name="bar-button unfolder", on_click=SendDialog.unfold(group.id),
        aria_expanded=rx.cond(is_open, "true", "false"),
    )  # fmt: skip


def _members(group: GroupRow) -> Part:
    return rx.el.ul(
        rx.foreach(group.members, lambda row: rx.el.li(*_who_and_what(row), class_name=rx.cond(row.can_be_chosen, "member", "member blocked"))),
        rx.foreach(group.vacant, lambda words: rx.el.li(words, class_name="second member")),
        class_name="members", aria_label="Members of " + group.name.to(str),
    )  # fmt: skip


def _tick(checked: Any, name: Any, toggle: Any, **props: Any) -> Part:
    """A tick box that answers at once; the server's word follows within the same blink."""
    return rx.el.button(
        rx.icon("check", size=12, class_name="when-true", aria_hidden="true"),
        rx.icon("minus", size=12, class_name="when-mixed", aria_hidden="true"),
        role="checkbox", type="button", aria_checked=checked, aria_label=name, on_click=toggle, class_name="tick", **props,
    )  # fmt: skip
