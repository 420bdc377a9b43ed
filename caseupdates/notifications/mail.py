"""The mail twin of a notification."""

from caseupdates.delivery.letters import letter
from caseupdates.delivery.mail import Mail
from caseupdates.people import invitations
from caseupdates.people.models import Firm, Invitation
from caseupdates.settings import settings


def notice(here: Firm, *, to: str, title: str, summary: str, path: str) -> Mail:
    """What somebody is told by email: the line they see under Notifications, and where to look."""
    return letter(
        "notice", to=to, subject=title, reply_to=here.reply_to, firm=here.name, title=title, summary=summary,
        url=settings().url(path) if path else "", preferences=settings().url("/profile/preferences"),
    )  # fmt: skip


def invitation(here: Firm, invited: Invitation) -> Mail:
    """How to choose a password: the first one, or a new one for somebody who has one. The address is sealed."""
    person, by = invited.person, invited.invited_by
    is_new = person.password_hash is not None
    subject = f"Choose a new password for {here.name}" if is_new else f"{by.name} invites you to {here.name}"
    return letter(
        "invitation", to=person.email or "", subject=subject, reply_to=here.reply_to, firm=here.name,
        contact=here.contact, first_name=person.first_name, address=person.email, by=by.name, is_own=invited.is_own,
        is_new=is_new, url=invitations.address(invited), life="hour" if invited.is_own else "72 hours",
    )  # fmt: skip
