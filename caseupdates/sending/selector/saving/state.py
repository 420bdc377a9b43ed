"""Keeping the chosen people as a distribution group, in place."""

import reflex as rx

from caseupdates.interface import forms
from caseupdates.interface.access import permitted
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal
from caseupdates.sending import groups
from caseupdates.sending.dialog.offer import offered
from caseupdates.sending.selector.rows import GROUPS
from caseupdates.sending.selector.state import Choosing


class Saving(Choosing, mixin=True):
    """ "Save these as a group"."""

    is_naming: bool = False
    naming_problem: str = ""

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def begin_naming(self) -> None:
        self.is_naming, self.naming_problem = True, ""

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def end_naming(self) -> None:
        self.is_naming = False

    @rx.event
    @permitted(Permission.SEND_UPDATES)
    async def save_group(self, form: object) -> None:
        """The group then stands in its block, ticked; a refusal stands beside the name."""
        name = forms.text(form, "group_name")
        try:
            kept = await self._write(groups.save_chosen, self._update_id, name, list(self.chosen))
        except Refusal as refusal:
            self.naming_problem = str(refusal)
            return
        await self._show_saved(kept.id, kept.name)

    async def _show_saved(self, group_id: int, name: str) -> None:
        self._show_offered(await self._read(offered, self._update_id))
        self._keep(self._chosen._replace(groups=self._chosen.groups | {group_id}))
        self.is_naming, self.naming_problem, self.saved_as = False, "", name
        self.expanded = [*(each for each in self.expanded if each != GROUPS), GROUPS]
