"""Display records of sessions."""

from dataclasses import dataclass
from datetime import tzinfo

from caseupdates.interface.when import said
from caseupdates.people.models import SignInSession


@dataclass
class SessionRow:
    id: int = 0
    browser: str = ""
    where: str = ""
    is_this: bool = False


def session_row(each: SignInSession, zone: tzinfo, *, own: str = "") -> SessionRow:
    """A signed-in browser; `own` is the hash of the token of the one that asks."""
    where = " · ".join(filter(None, [each.address, f"since {said(each.started_at, zone)}"]))
    return SessionRow(each.id, _browser(each.browser), where, each.token_hash == own)


def _browser(agent: str) -> str:
    """Browser and system in two words, from the user agent string."""
    name = next((each for each in ("Edg", "Firefox", "Chrome", "Safari") if each in agent), "A browser")
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    system = next((said for mark, said in systems.items() if mark in agent), "")
    return f"{name.replace('Edg', 'Edge')}{' on ' if system else ''}{system}"
