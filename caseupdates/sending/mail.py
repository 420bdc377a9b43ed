"""The case update as one recipient gets it by email."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from caseupdates.delivery.letters import letter
from caseupdates.delivery.mail import Attachment, Mail
from caseupdates.people.models import Firm, Person
from caseupdates.refusals import Refusal
from caseupdates.sending.template.files import Files
from caseupdates.sending.template.marks import LONGEST
from caseupdates.sending.template.rendering import rendered
from caseupdates.sending.template.standard import STANDARD, Text
from caseupdates.sending.template.values import values
from caseupdates.updates.models import Revision

PATIENCE = 5 * LONGEST  # seconds: a template was measured when it was saved, and only a stray one comes near this


@dataclass(frozen=True)
class Letters:
    """The mails of one sending, and why they are not by the firm's own template, where they are not."""

    mails: tuple[Mail, ...]
    failure: str = ""


def case_updates(
    here: Firm, template: Text, revision: Revision, recipients: Iterable[tuple[Person, Files]], *, sender: Person,
    note: str,
) -> Letters:  # fmt: skip
    """A mail for each recipient. Where the firm's template fails for one of them all get the standard one: no template
    may keep a sending from going out."""
    everybody = list(recipients)

    def written(by: Text, within: float) -> tuple[Mail, ...]:
        return tuple(
            case_update(here, by, revision, to=to, sender=sender, note=note, files=files, within=within)
            for to, files in everybody
        )

    try:
        return Letters(written(template, PATIENCE))
    except Exception as failure:  # whatever Jinja, Markdown or a later version of ours does not take
        why = str(failure) if isinstance(failure, Refusal) else type(failure).__name__
        return Letters(written(STANDARD, math.inf), failure=why)


def case_update(
    here: Firm, template: Text, revision: Revision, *, to: Person, sender: Person, note: str, files: Files,
    within: float = LONGEST,
) -> Mail:  # fmt: skip
    """What the template says, in the frame of every mail; raise what `rendered` raises."""
    said = rendered(template, values(here, revision, to=to, sender=sender, note=note, files=files), within=within)
    return letter(
        "case_update", to=to.email or "", subject=said.subject, reply_to=here.reply_to,
        attachments=tuple(Attachment(each.name, each.sha256, each.size) for each in files.attached),
        content=(said.text, said.html), firm=here.name, contact=here.contact, can_reply=bool(here.reply_to),
        sender=sender.name,
    )  # fmt: skip
