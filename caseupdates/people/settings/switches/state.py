"""What the page "Notifications" under /settings shows."""

from dataclasses import dataclass
from datetime import tzinfo

import reflex as rx
from sqlmodel import Session

from caseupdates import bell
from caseupdates.interface.access import permitted
from caseupdates.interface.forms import is_word
from caseupdates.interface.show import counted
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.notifications.state import EXPLAINED
from caseupdates.people import preferences
from caseupdates.people.access import require_settings
from caseupdates.people.models import Kind, Permission, Person

SAYS = {
    Kind.CASE_UPDATE: "What recipients get when an update is sent, with its files or their link.",
    Kind.WAITING_FOR_VALIDATION: "Whoever may validate hears that an update waits.",
    Kind.REPLY: "Whoever wrote an update hears that somebody answered it.",
    Kind.LINK_OPENED: "Whoever sent files hears that a recipient opened them.",
    Kind.LINK_TROUBLE: "Whoever sent files hears that somebody could not open them, or asks for a new link.",
    Kind.DELIVERY_FAILED: "Whoever sent an update hears that an email of it could not be delivered.",
    Kind.ASSIGNED: "Whoever is put on a case hears of it.",
}


@dataclass
class SwitchRow:
    kind: str = ""
    label: str = ""
    says: str = ""
    is_on: bool = True
    since: str = ""  # "Off since Mon 09:00, switched by Administrator A."


class Switches(Frame):
    """`/settings/notifications`: for each kind, whether the firm sends emails at all."""

    switches: list[SwitchRow] = []
    is_asking: bool = False  # before case updates are switched off
    unreached: str = ""  # "3 people have no way to sign in"

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        async with self:
            self.is_asking = False
        await self._follow(self._look, bell.SETTINGS)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def switch(self, kind: object, on: object) -> None:
        """Switch a kind's emails on or off; case updates go off only after a question."""
        chosen = is_word(kind, Kind)
        if chosen is Kind.CASE_UPDATE and on is not True:
            self.is_asking = True
            return
        await self._silence(chosen, on is not True)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def silence_updates(self) -> None:
        """What was asked about: case updates go to nobody by email."""
        self.is_asking = False
        await self._silence(Kind.CASE_UPDATE, True)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask(self, is_open: object = False) -> None:
        self.is_asking = is_open is True

    async def _silence(self, kind: Kind, silenced: bool) -> None:
        await self._write(preferences.silence, kind, silenced)
        await self._look()
        await self._say(f"{EXPLAINED[kind][0]}: emails are {'off' if silenced else 'on'}.")

    async def _look(self) -> float | None:
        self.switches, alone = await self._read(_switches, self._zone)
        self.unreached = f"{counted(alone, 'person has', 'people have')} an email address and no way to sign in"
        return None


def _switches(session: Session, zone: tzinfo, *, by: Person) -> tuple[list[SwitchRow], int]:
    require_settings(by)
    silent = {
        each.kind: f"Off since {said(each.silenced_at, zone)}, by {session.get_one(Person, each.silenced_by_id).name}."
        for each in preferences.silenced(session)
    }
    rows = [SwitchRow(kind, EXPLAINED[kind][0], SAYS[kind], kind not in silent, silent.get(kind, "")) for kind in Kind]
    return rows, preferences.reached_by_email_alone(session)
