"""The case update as one recipient gets it by email."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from markupsafe import Markup

from caseupdates.delivery.letters import letter
from caseupdates.delivery.mail import Attachment, Mail
from caseupdates.files.models import File
from caseupdates.files.uploading import said
from caseupdates.links import making
from caseupdates.links.expiry import last_day
from caseupdates.links.models import Link
from caseupdates.people.models import Firm, Person
from caseupdates.sending.attachments import Plan
from caseupdates.settings import settings
from caseupdates.updates import markdown
from caseupdates.updates.models import Revision
from caseupdates.updates.writing import path_of


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


def case_update(
    here: Firm, revision: Revision, *, to: Person, sender: Person, note: str, files: Files | None = None
) -> Mail:
    """Links and note above the update's text; the way to its page for those who can sign in."""
    case, files = revision.update.case, files or Files()
    return letter(
        "case_update", to=to.email or "", subject=f"{case.number}: {revision.title}", reply_to=here.reply_to,
        attachments=tuple(Attachment(each.name, each.sha256, each.size) for each in files.attached),
        firm=here.name, contact=here.contact, can_reply=bool(here.reply_to), sender=sender.name, note=note,
        case_number=case.number, case_title=case.title, title=revision.title,
        body_text=revision.body, body_html=Markup(markdown.html(revision.body)),  # noqa: S704 (allow-listed by nh3)
        url=settings().url(path_of(revision.update)) if to.can_sign_in else "",
        link=files.url, last_day=files.last_day, needs_verification=files.needs_verification,
        linked=[(each.name, said(each.size)) for each in files.linked],
        attached=[(each.name, said(each.size)) for each in files.attached],
    )  # fmt: skip
