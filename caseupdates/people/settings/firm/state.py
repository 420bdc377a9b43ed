"""What the page "The firm" under /settings shows."""

from dataclasses import dataclass
from typing import Unpack

import reflex as rx
from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.files.logo.keeping import remove_logo
from caseupdates.interface import forms
from caseupdates.interface.access import permitted, words
from caseupdates.interface.state import Frame
from caseupdates.interface.when import zone_named
from caseupdates.people.access import require_settings
from caseupdates.people.firm import Changes, change_firm, firm
from caseupdates.people.models import Firm, Permission, Person
from caseupdates.refusals import Refusal

LONGER = 5_000  # more than any of it may have: the refusal says how many it has


@dataclass
class FirmRow:
    """The firm as the page's fields begin with it."""

    name: str = ""
    contact: str = ""
    reply_to: str = ""
    email_signature: str = ""
    time_zone: str = ""
    files: str = "links"
    links_expire: str = ""
    verify_identity: bool = False


class FirmSettings(Frame):
    """`/settings/firm`: one form for each section, saved by itself."""

    here: FirmRow = FirmRow()
    is_loaded: bool = False
    time_there: str = ""  # "It is 14:05 there now, on Monday."
    chosen_zone: str = ""  # in the list, saved or not
    refused_in: str = ""  # the section
    problem: str = ""
    is_asking: bool = False  # whether the logo is to be removed

    @rx.event(background=True)
    @permitted(Permission.MANAGE_SETTINGS)
    async def watch(self) -> None:
        """Keep the page as it is while it is open."""
        async with self:
            self.refused_in = self.problem = self.chosen_zone = ""
            self.is_asking = False
        await self._follow(self._look, bell.SETTINGS)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save_contact(self, form: object) -> None:
        name, contact, reply_to = (forms.text(form, each, at_most=LONGER) for each in ("name", "contact", "reply_to"))
        await self._save("contact", name=name, contact=contact, reply_to=reply_to)

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save_mail(self, form: object) -> None:
        await self._save("mail", email_signature=forms.text(form, "email_signature", at_most=LONGER))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save_zone(self, form: object) -> None:
        await self._save("zone", time_zone=forms.text(form, "time_zone"))

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def save_sending(self, form: object) -> None:
        await self._save(
            "sending", attach_files=forms.text(form, "files") == "attach", links_expire=forms.text(form, "links_expire"),
            verify_identity=forms.is_ticked(form, "verify_identity"),
        )  # fmt: skip

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def look_at_zone(self, zone: object) -> None:
        """Say what time it is in the zone that is chosen in the list."""
        self.chosen_zone = words(zone, at_most=100)
        self._say_time()

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def logo_arrived(self) -> None:
        await self._say("This is the firm’s logo now, on every page.")

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def ask(self, is_open: object = True) -> None:
        """Ask before the logo is removed, or ask no more."""
        self.is_asking = is_open is True

    @rx.event
    @permitted(Permission.MANAGE_SETTINGS)
    async def remove_logo(self) -> None:
        await self._write(remove_logo)
        self.is_asking = False
        await self._say("The logo is removed.")

    async def _save(self, section: str, **changes: Unpack[Changes]) -> None:
        try:
            await self._write(change_firm, **changes)
        except Refusal as refusal:
            self.refused_in, self.problem = section, str(refusal)
            return
        self.refused_in = self.problem = ""
        await self._look()
        await self._say("Saved.")

    async def _look(self) -> float | None:
        self.here, self.is_loaded = _row(await self._read(_firm)), True
        self._say_time()
        return 60.0 - clock.now().second

    def _say_time(self) -> None:
        now = clock.now().astimezone(zone_named(self.chosen_zone or self.here.time_zone))
        self.time_there = f"It is {now:%H:%M} there now, on {now:%A}."


def _firm(session: Session, *, by: Person) -> Firm:
    require_settings(by)
    return firm(session)


def _row(here: Firm) -> FirmRow:
    return FirmRow(
        here.name, here.contact, here.reply_to or "", here.email_signature, here.time_zone,
        "attach" if here.attach_files else "links", here.links_expire, here.verify_identity,
    )  # fmt: skip
