"""The files of a mail, and the box that says where they are."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from markupsafe import Markup

from caseupdates.delivery.letters import part
from caseupdates.files.models import File
from caseupdates.files.uploading import said
from caseupdates.links import making
from caseupdates.links.expiry import last_day
from caseupdates.links.models import Link
from caseupdates.people.firm import zone_of
from caseupdates.people.models import Firm
from caseupdates.sending.attachments import Plan
from caseupdates.sending.template.variables import Block
from caseupdates.settings import settings


@dataclass(frozen=True)
class Files:
    """The files of a mail: those attached, and those behind its recipient's link."""

    attached: tuple[File, ...] = ()
    linked: tuple[File, ...] = ()
    url: str = ""  # sealed
    last_day: str = ""
    needs_verification: bool = False

    @classmethod
    def of(cls, going: Plan, link: Link | None, zone: tzinfo = UTC) -> "Files":
        if link is None:
            return cls(attached=going.attached)
        day = last_day(link.expires_at, zone)
        return cls(going.attached, going.linked, making.address(link), day, link.needs_verification)


def previewed(here: Firm, going: Plan, expires_at: datetime | None, *, needs_verification: bool = False) -> Files:
    """The same before anything is sent: the link leads nowhere yet."""
    if not going.linked:
        return Files(going.attached)
    day = last_day(expires_at, zone_of(here))
    return Files(going.attached, going.linked, settings().url("/l/preview"), day, needs_verification)


def box(files: Files) -> Block:
    """The files behind the link with the button that opens them, and what is attached; empty where there are none."""
    linked, attached = _named(files.linked), _named(files.attached)
    if not linked and not attached:
        return Block("", html=Markup())
    text, html = part(
        "files", linked=linked, attached=attached, link=files.url, last_day=files.last_day,
        needs_verification=files.needs_verification,
    )  # fmt: skip
    names = ", ".join(f"{name} ({size})" for name, size in (*linked, *attached))
    return Block(f"{names}: {files.url}" if files.url else names, html=html, text=text, address=files.url)


def _named(files: tuple[File, ...]) -> list[tuple[str, str]]:
    return [(each.name, said(each.size)) for each in files]
