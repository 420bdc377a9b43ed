"""The mail twin of a notification."""

from caseupdates.delivery.letters import letter
from caseupdates.delivery.mail import Mail
from caseupdates.people.models import Firm
from caseupdates.settings import settings


def notice(here: Firm, *, to: str, title: str, summary: str, path: str) -> Mail:
    """What somebody is told by email: the line they see under Notifications, and where to look."""
    return letter(
        "notice", to=to, subject=title, reply_to=here.reply_to, firm=here.name, title=title, summary=summary,
        url=settings().url(path) if path else "", preferences=settings().url("/profile/preferences"),
    )  # fmt: skip
