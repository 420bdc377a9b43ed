"""The blocks of the selector and their rows."""

from typing import Any

import reflex as rx

from caseupdates.interface.parts import Part, avatar, badge
from caseupdates.sending.dialog.rows import GROUPS, BlockRow, GroupRow, PersonRow
from caseupdates.sending.dialog.state import SendDialog
from caseupdates.sending.models import Channel


def selector() -> Part:
    return rx.el.div(
        rx.cond(SendDialog.groups & (SendDialog.search == ""), _groups_block()),
        rx.foreach(SendDialog.blocks, _block),
        rx.cond(
            ~SendDialog.blocks,
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
        class_name="block",
    )  # fmt: skip


def _groups_block() -> Part:
    is_open, number = SendDialog.expanded.contains(GROUPS), SendDialog.chosen_groups.length()
    return rx.el.div(
        rx.el.div(
            _opener(f"{GROUPS} ({SendDialog.groups.length()})", GROUPS, is_open, rx.cond(number > 0, f"{number} chosen", "")),
            class_name="block-head without-tick",
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
        avatar(row.face),
        rx.el.span(
            rx.el.span(row.face.name, class_name="person-name"), rx.el.span(row.company, class_name="second"),
            rx.cond(row.reason != "", rx.el.span(row.reason, class_name="second reason")),
            class_name="person",
        ),
        rx.match(
            row.channel,
            (str(Channel.EMAIL), badge("mail", str(Channel.EMAIL), hue="jade")),
            (str(Channel.NOTIFICATION), badge("bell", str(Channel.NOTIFICATION), hue="gray")),
            badge("ban", str(Channel.BLOCKED), hue="red"),
        ),
        class_name=rx.cond(row.can_be_chosen, "block-row", "block-row blocked"),
    )  # fmt: skip


def _group(group: GroupRow) -> Part:
    return rx.el.label(
        _tick(
            rx.cond(SendDialog.chosen_groups.contains(group.id), "true", "false"), group.name,
            SendDialog.toggle_group(group.id), disabled=group.members.length() == 0,
        ),
        rx.el.span(
            rx.el.span(group.name, class_name="person-name"),
            rx.el.span(group.said, class_name="second"),
            rx.cond(group.left_out != "", rx.el.span(group.left_out, class_name="second reason")),
            class_name="person",
        ),
        class_name="block-row",
    )  # fmt: skip


def _tick(checked: Any, name: Any, toggle: Any, **props: Any) -> Part:
    """A tick box that answers at once; the server's word follows within the same blink."""
    return rx.el.button(
        rx.icon("check", size=12, class_name="when-true", aria_hidden="true"),
        rx.icon("minus", size=12, class_name="when-mixed", aria_hidden="true"),
        role="checkbox", type="button", aria_checked=checked, aria_label=name, on_click=toggle, class_name="tick", **props,
    )  # fmt: skip
