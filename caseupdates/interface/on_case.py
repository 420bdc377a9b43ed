"""What the states of a case's page have in common: they follow the case in the address."""

from collections.abc import Callable

from caseupdates import bell
from caseupdates.cases.access import case_id
from caseupdates.interface.state import Frame
from caseupdates.refusals import NotFound


class OnCase(Frame):
    """A part of a case's page. It has no vars and no handlers of its own: those of a parent are shared by its children."""

    async def _follow_case(self, part: str, *more: Callable[[int], str]) -> None:
        """Keep this part as it is while the page is open; `more` are topics of the case to hear besides its own.

        What an administrator changes is heard too: roles and access groups say who sees what of a case.
        At another case it forgets what it showed. Somebody who may not see the case, or no longer may, is told so.
        """
        async with self:
            if self._is_elsewhere(part):
                self._forget()
            self._refuse("")
        try:
            number = await self._read(case_id, self.case_number)
            await self._follow(self._look, bell.case(number), bell.SETTINGS, *(topic(number) for topic in more))
        except NotFound as refusal:
            async with self:
                self._refuse(str(refusal))

    async def _look(self) -> float | None:
        """Read again what this part shows; in how many seconds to look again, if so."""
        raise NotImplementedError

    def _forget(self) -> None:
        """Come to another address: let go of what was shown."""

    def _refuse(self, why: str) -> None:
        """Show why nothing is shown, or with no reason that it is; most parts leave that to the page itself."""
