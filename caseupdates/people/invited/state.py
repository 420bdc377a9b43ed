"""What the page of an invitation shows: to whoever has its address, and nothing more than the mail said."""

import reflex as rx
from sqlmodel import Session

from caseupdates import database
from caseupdates.interface.access import anyone
from caseupdates.interface.state import Frame
from caseupdates.people import accepting, sessions
from caseupdates.people.firm import firm
from caseupdates.people.models import Invitation, Person
from caseupdates.refusals import NotFound, NotSignedIn, Refusal

NEVER_WAS = "Check that the whole address from the email was opened, or ask to be invited again."


class Invited(Frame):
    """`/invitation/<token>`."""

    is_loaded: bool = False
    refused: str = ""
    token: str = ""
    name: str = ""
    address: str = ""
    invited_by: str = ""  # empty where they asked themselves
    has_password: bool = False
    signed_in_as: str = ""  # somebody else, in this browser
    contact: str = ""

    @rx.event
    @anyone
    async def look(self) -> None:
        """Show who is invited by whom, or why this leads nowhere. Changes nothing."""
        self.token = self.router.url.path.rpartition("/")[2]
        here = await database.read(firm)
        self.contact, self.refused = here.contact, ""
        self._show_firm(here)
        try:
            self._show(*await database.read(_before, self.token, self._token))
        except NotFound:
            self.refused = NEVER_WAS
        except Refusal as refusal:
            self.refused = str(refusal)
        self.is_loaded = True

    def _show(self, invitation: Invitation, present: Person | None) -> None:
        person = invitation.person
        self.name, self.address, self.has_password = person.name, person.email or "", person.password_hash is not None
        self.invited_by = "" if invitation.is_own else invitation.invited_by.name
        self.signed_in_as = present.name if present and present.id != person.id else ""


def _before(session: Session, token: str, session_token: str) -> tuple[Invitation, Person | None]:
    invitation = accepting.open_invitation(session, token)
    try:
        return invitation, sessions.person_of(session, session_token)
    except NotSignedIn:
        return invitation, None
