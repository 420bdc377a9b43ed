"""Choosing recipients: who is offered, who is chosen, what is found and unfolded."""

import reflex as rx

from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.show import counted
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.sending.dialog.offer import Offer
from caseupdates.sending.models import Channel
from caseupdates.sending.selector.choosing import Chosen
from caseupdates.sending.selector.rows import BlockRow, GroupRow, block_row, group_row, matching, named


class Choosing(Frame, mixin=True):
    """The left side of the dialog "Send Update"."""

    blocks: list[BlockRow] = []
    groups: list[GroupRow] = []
    chosen: list[int] = []
    ticked: list[int] = []  # distribution groups
    expanded: list[str] = []  # blocks by name
    unfolded: list[int] = []  # distribution groups whose members are shown
    search: str = ""
    problem: str = ""
    saved_as: str = ""
    _update_id: int = 0
    _all: list[BlockRow] = []
    _every_group: list[GroupRow] = []

    @rx.var
    def chosen_by_block(self) -> dict[str, int]:
        """How many are chosen, by block."""
        return {block.name: len(set(block.ids) & set(self.chosen)) for block in self.blocks}

    @rx.var
    def partly_ticked(self) -> list[int]:
        """The distribution groups that are not ticked, though some of their people are chosen."""
        chosen = set(self.chosen)
        return [row.id for row in self.groups if row.id not in self.ticked and chosen & set(row.ids)]

    @rx.var
    def groups_that_can(self) -> list[int]:
        """The distribution groups on show that mean somebody here."""
        return [row.id for row in self.groups if row.ids]

    @rx.var
    def ticked_on_show(self) -> int:
        """How many of the distribution groups on show are ticked."""
        return len({row.id for row in self.groups} & set(self.ticked))

    @rx.var
    def count_said(self) -> str:
        return counted(len(self.chosen), "recipient")

    @rx.var
    def sum_said(self) -> str:
        """ "2 email + notification · 1 notification only"."""
        channels = {row.id: row.channel for block in self._all for row in block.people}
        numbers = (
            (sum(channels.get(each) == kind for each in self.chosen), kind)
            for kind in (Channel.EMAIL, Channel.NOTIFICATION)
        )
        return " · ".join(f"{number} {str(kind).lower()}" for number, kind in numbers if number)

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def expand(self, block: object) -> None:
        name = words(block)
        others = [each for each in self.expanded if each != name]
        self.expanded = others if name in self.expanded else [*others, name]

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def unfold(self, group_id: object) -> None:
        """Show who is in a distribution group, or hide it."""
        number = whole_number(group_id)
        others = [each for each in self.unfolded if each != number]
        self.unfolded = others if number in self.unfolded else [*others, number]

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def find(self, text: object) -> None:
        """Show only the people whose name or company has these letters, and the groups whose name has, unfolded."""
        self.search = words(text, at_most=100)
        self._show_found()

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def toggle(self, person_id: object) -> None:
        self._toggle([whole_number(person_id)])

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def toggle_block(self, name: object) -> None:
        self._toggle([each for block in self.blocks if block.name == name for each in block.ids])

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def toggle_group(self, group_id: object) -> None:
        self._keep(self._chosen.with_groups([whole_number(group_id)], self._meaning))

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def toggle_groups(self) -> None:
        """All distribution groups on show, or none of them."""
        self._keep(self._chosen.with_groups(self.groups_that_can, self._meaning))

    @property
    def _chosen(self) -> Chosen:
        return Chosen(frozenset(self.chosen), frozenset(self.ticked))

    @property
    def _meaning(self) -> dict[int, list[int]]:
        """Whom each distribution group was seen to mean."""
        return {row.id: list(row.ids) for row in self._every_group}

    @property
    def _possible(self) -> set[int]:
        return {each for block in self._all for each in block.ids}

    def _toggle(self, ids: list[int]) -> None:
        self._keep(self._chosen.toggled(set(ids) & self._possible, self._meaning))

    def _keep(self, chosen: Chosen) -> None:
        self.chosen, self.ticked = sorted(chosen.people), sorted(chosen.groups)
        self.problem = self.saved_as = ""

    def _show_offered(self, offer: Offer) -> None:
        """What is offered now; ticked groups mean whom they mean now."""
        before = self._meaning
        self._all, self._every_group = (
            [block_row(each) for each in offer.blocks],
            [group_row(each) for each in offer.groups],
        )
        self._keep(self._chosen.settled(before, self._meaning, self._possible))
        self._show_found()

    def _show_found(self) -> None:
        is_searching = bool(self.search.strip())
        self.blocks = matching(self._all, self.search) if is_searching else self._all
        self.groups = named(self._every_group, self.search) if is_searching else self._every_group
