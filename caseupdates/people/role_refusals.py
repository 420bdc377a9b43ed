"""Why a role cannot be changed so, or not be removed."""

from collections.abc import Sequence

from caseupdates.people import names
from caseupdates.refusals import Refusal


class HeldByContacts(Refusal):
    status = 409

    def __init__(self, name: str, holders: Sequence[str]) -> None:
        super().__init__(name, holders)
        self.name, self.holders = name, holders

    def __str__(self) -> str:
        who = names.listed(self.holders, at_most=2)
        are = "are contacts and hold" if len(self.holders) > 1 else "is a contact and holds"
        return f"{who} {are} “{self.name}”. A contact's role may only create updates and upload files."


class StillHeld(Refusal):
    status = 409

    def __init__(self, name: str, number: int) -> None:
        super().__init__(name, number)
        self.name, self.number = name, number

    def __str__(self) -> str:
        who = "One person holds" if self.number == 1 else f"{self.number} people hold"
        return f"{who} “{self.name}”, archived ones counted, so it stays. Give them another role first."


class InUse(Refusal):
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"“{self.name}” has just been given to somebody or to an access group, so it stays."
