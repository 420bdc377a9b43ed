"""The case update as one recipient gets it by email."""

from markupsafe import Markup

from caseupdates.delivery.letters import letter
from caseupdates.delivery.mail import Mail
from caseupdates.people.models import Firm, Person
from caseupdates.settings import settings
from caseupdates.updates import markdown
from caseupdates.updates.models import Revision
from caseupdates.updates.writing import path_of


def case_update(here: Firm, revision: Revision, *, to: Person, sender: Person, note: str) -> Mail:
    """The note above the update's text; a link to its page for those who can sign in."""
    case = revision.update.case
    return letter(
        "case_update", to=to.email or "", subject=f"{case.number}: {revision.title}", reply_to=here.reply_to,
        firm=here.name, contact=here.contact, can_reply=bool(here.reply_to), sender=sender.name, note=note,
        case_number=case.number, case_title=case.title, title=revision.title,
        body_text=revision.body, body_html=Markup(markdown.html(revision.body)),  # noqa: S704 (allow-listed by nh3)
        url=settings().url(path_of(revision.update)) if to.can_sign_in else "",
    )  # fmt: skip
