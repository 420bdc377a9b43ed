"""The distribution group that is being made or changed."""

import reflex as rx

from caseupdates.interface import forms
from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.refusals import Invalid, Refusal
from caseupdates.sending import groups
from caseupdates.sending.models import DistributionGroup
from caseupdates.sending.resolving import RULES
from caseupdates.sending.settings.groups.rows import PersonLine, RuleLine, people_of, person_line, rule_lines


class GroupEditor(Frame):
    """Name and rules stay in the form until it is saved; who is ticked is kept here, while one searches."""

    is_open: bool = False
    opened: int = 0  # how often: the form begins anew with each
    is_new: bool = True
    name: str = ""
    rules: list[RuleLine] = []
    members: list[PersonLine] = []
    found: list[PersonLine] = []
    has_more: bool = False
    search: str = ""
    problem: str = ""
    _group_id: int = 0
    _limit: int = groups.PAGE

    @rx.var
    def member_ids(self) -> list[int]:
        return [each.id for each in self.members]

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_new(self) -> None:
        await self._open(None)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def open_edit(self, group_id: object) -> None:
        await self._open(await self._read(groups.group, whole_number(group_id)))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def find(self, text: object) -> None:
        self.search, self._limit = words(text, at_most=100), groups.PAGE
        await self._search()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def show_more(self) -> None:
        self._limit += groups.PAGE
        await self._search()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def toggle(self, person_id: object) -> None:
        """Take somebody who was found into the group, or out of it."""
        number = whole_number(person_id)
        others = [each for each in self.members if each.id != number]
        joining = [each for each in self.found if each.id == number] if len(others) == len(self.members) else []
        self.members, self.problem = [*others, *joining], ""

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save(self, form: object) -> None:
        """A refusal stands beside the button, with everything typed and ticked still there."""
        try:
            await self._save(form)
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.is_open = False
        await self._say("Saved.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def close(self, is_open: object = False) -> None:
        self.is_open = is_open is True and self.is_open

    async def _open(self, group: DistributionGroup | None) -> None:
        opened = self.opened + 1
        self.reset()  # type: ignore[no-untyped-call]
        self.opened, self.is_open, self.is_new, self.rules = opened, True, group is None, rule_lines(group)
        if group:
            self._group_id, self.name = group.id, group.name
            self.members = [person_line(each) for each in people_of(group)]
        await self._search()

    async def _search(self) -> None:
        people = await self._read(groups.people_to_add, self.search, limit=self._limit + 1)
        self.found, self.has_more = [person_line(each) for each in people[: self._limit]], len(people) > self._limit

    async def _save(self, form: object) -> None:
        ticked = forms.ticked(form, "rule")
        if any(each >= len(RULES) for each in ticked):
            raise Invalid("Please choose the rules from the list.")
        typed = groups.Typed(forms.text(form, "name"), self.member_ids, [RULES[each] for each in ticked])
        if self.is_new:
            await self._write(groups.add, typed)
        else:
            await self._write(groups.change, self._group_id, typed)
