"""What "Notifications" and "Preferences" show."""

from dataclasses import dataclass, field
from datetime import tzinfo

import reflex as rx
from sqlmodel import Session

from caseupdates import bell
from caseupdates.interface.access import signed_in, whole_number
from caseupdates.interface.show import Face, face
from caseupdates.interface.state import Frame
from caseupdates.interface.when import said
from caseupdates.notifications import listing
from caseupdates.notifications.models import Notification
from caseupdates.people import preferences
from caseupdates.people.models import Kind, Person
from caseupdates.refusals import NotFound
from caseupdates.updates import markdown

EXPLAINED = {
    Kind.CASE_UPDATE: ("Case update", "An update on one of your cases is sent to you."),
    Kind.WAITING_FOR_VALIDATION: ("Update waiting for validation", "Somebody wrote an update that you may validate."),
    Kind.REPLY: ("Reply to my update", "Somebody answered an update you wrote."),
    Kind.LINK_OPENED: ("My link was opened", "A recipient opened the files you sent."),
    Kind.LINK_TROUBLE: (
        "My link was refused or has expired",
        "Somebody could not open your link, or asks for a new one.",
    ),
    Kind.DELIVERY_FAILED: ("Delivery failed", "An email of something you sent could not be delivered."),
    Kind.ASSIGNED: ("Assigned to a case", "Somebody put you on a case."),
}


@dataclass
class Notice:
    id: int = 0
    actor: Face = field(default_factory=Face)
    title: str = ""
    summary: str = ""
    html: str = ""
    path: str = ""
    when: str = ""
    is_unread: bool = False


@dataclass
class PreferenceRow:
    kind: str = ""
    label: str = ""
    explained: str = ""
    email: bool = True
    by_firm: bool = False  # the firm sends nobody an email for this


class Notifications(Frame):
    """`/profile/notifications`: what this person was told, newest first, live."""

    notices: list[Notice] = []
    only_unread: bool = False
    opened: int = 0
    is_loaded: bool = False
    has_more: bool = False
    _limit: int = listing.PAGE

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Follow the person's notifications while the page is open."""
        async with self:
            self._limit, self.opened = listing.PAGE, 0
        await self._follow(self._look, bell.person(await self._read(_own_id)))

    @rx.event
    @signed_in
    async def open(self, notice_id: object) -> None:
        """Unfold a notification, which reads it; or fold it again."""
        chosen = whole_number(notice_id)
        self.opened = 0 if self.opened == chosen else chosen
        if self.opened:
            await self._write(listing.mark, chosen, read=True)

    @rx.event
    @signed_in
    async def mark(self, notice_id: object, read: object) -> None:
        await self._write(listing.mark, whole_number(notice_id), read=read is True)

    @rx.event
    @signed_in
    async def mark_all(self) -> None:
        await self._write(listing.mark_all_read)

    @rx.event
    @signed_in
    async def filter(self, which: object) -> None:
        self.only_unread = which == "unread"
        await self._look()

    @rx.event
    @signed_in
    async def show_more(self) -> None:
        self._limit += listing.PAGE
        await self._look()

    async def _look(self) -> float | None:
        rows = await self._read(_notices, self.only_unread, self._limit + 1, self._zone)
        self.notices, self.has_more, self.is_loaded = rows[: self._limit], len(rows) > self._limit, True
        return None


class Preferences(Frame):
    """`/profile/preferences`: email on or off, kind by kind."""

    kinds: list[PreferenceRow] = []

    @rx.event
    @signed_in
    async def look(self) -> None:
        self.kinds = await self._read(_choices)

    @rx.event
    @signed_in
    async def choose(self, kind: object, email: object) -> None:
        try:
            chosen = Kind(str(kind))
        except ValueError:
            raise NotFound from None
        await self._write(preferences.choose, chosen, email=email is True)
        self.kinds = await self._read(_choices)
        await self._say("Saved.")


def _choices(session: Session, *, by: Person) -> list[PreferenceRow]:
    silent = {each.kind for each in preferences.silenced(session)}
    return [
        PreferenceRow(kind, *EXPLAINED[kind], email and kind not in silent, kind in silent)
        for kind, email in preferences.of(session, by=by).items()
    ]


def _notices(session: Session, only_unread: bool, limit: int, zone: tzinfo, *, by: Person) -> list[Notice]:
    found = listing.newest(session, by=by, unread_only=only_unread, limit=limit)
    return [_notice(each, zone) for each in found]


def _notice(row: Notification, zone: tzinfo) -> Notice:
    return Notice(
        row.id, face(row.actor), row.title, row.summary, markdown.html(row.body) if row.body else "", row.path,
        said(row.created_at, zone), row.read_at is None,
    )  # fmt: skip


def _own_id(session: Session, *, by: Person) -> int:
    return by.id
