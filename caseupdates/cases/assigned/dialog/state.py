"""What the dialog "Assign people" holds. It offers; the domain decides."""

import reflex as rx

from caseupdates.cases import assigning
from caseupdates.cases.assigned.rows import Candidate, candidate
from caseupdates.cases.assigning import Place
from caseupdates.cases.groups import likeliest
from caseupdates.cases.models import Group
from caseupdates.cases.offering import PAGE, offered
from caseupdates.interface.access import permitted, whole_number, words
from caseupdates.interface.forms import is_word
from caseupdates.interface.show import counted
from caseupdates.interface.state import Frame
from caseupdates.people.models import Permission
from caseupdates.refusals import Refusal


class AssignDialog(Frame):
    """Who is offered, who is chosen, in which group, and who becomes primary."""

    is_open: bool = False
    opened_on: str = ""  # the case's number
    people: list[Candidate] = []
    search: str = ""
    has_more: bool = False
    number: int = 0  # of people chosen
    problem: str = ""
    _chosen: dict[int, tuple[str, bool]] = {}

    @rx.var
    def count_said(self) -> str:
        return counted(self.number, "person", "people")

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def open(self) -> None:
        """Offer people; who was chosen before the dialog was closed on this case is still."""
        if self.opened_on != self.case_number:
            self._chosen = {}
        self.opened_on, self.search = self.case_number, ""
        await self._look()
        self.is_open = True

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def close(self, is_open: object = False) -> None:
        self.is_open = is_open is True

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def find(self, text: object) -> None:
        self.search = words(text, at_most=100)
        await self._look()

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def toggle(self, person_id: object) -> None:
        """Choose somebody, or no longer."""
        row = self._row(person_id)
        others = {each: how for each, how in self._chosen.items() if each != row.id}
        await self._choose(others if row.is_chosen else {**others, row.id: (row.group, False)})

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def choose_group(self, person_id: object, group: object) -> None:
        await self._choose({**self._chosen, self._row(person_id).id: (str(is_word(group, Group)), False)})

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def toggle_primary(self, person_id: object) -> None:
        """A group has one primary: another one chosen here is none any more."""
        row = self._row(person_id)
        others = {each: (group, is_one and group != row.group) for each, (group, is_one) in self._chosen.items()}
        await self._choose({**others, row.id: (row.group, not row.is_primary)})

    @rx.event
    @permitted(Permission.ASSIGN_USERS)
    async def assign(self) -> None:
        """Assign everybody chosen; a refusal stands beside the button with all of them still chosen."""
        places = [Place(each, Group(group), is_one) for each, (group, is_one) in self._chosen.items()]
        try:
            new = await self._write(assigning.assign, self.opened_on, places)
        except Refusal as refusal:
            self.problem = str(refusal)
            return
        self.is_open, self._chosen = False, {}
        await self._say(f"{counted(len(new), 'person', 'people')} assigned.")

    def _row(self, person_id: object) -> Candidate:
        wanted = whole_number(person_id)
        return next((each for each in self.people if each.id == wanted), Candidate(wanted))

    async def _choose(self, chosen: dict[int, tuple[str, bool]]) -> None:
        self._chosen = {each: how for each, how in chosen.items() if how[0]}
        await self._look()

    async def _look(self) -> None:
        found = await self._read(offered, self.opened_on, self.search, limit=PAGE + 1)
        self.has_more, self.number, self.problem = len(found) > PAGE, len(self._chosen), ""
        self.people = [
            candidate(each, self._chosen.get(each.person.id), str(likeliest(each.person))) for each in found[:PAGE]
        ]
