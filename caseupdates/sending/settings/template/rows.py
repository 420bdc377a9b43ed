"""Display records of the email template's page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import tzinfo

from caseupdates.delivery.mail import Mail
from caseupdates.interface.show import Choice, Face, face
from caseupdates.interface.when import said
from caseupdates.people.models import Person
from caseupdates.refusals import Refusal
from caseupdates.sending.models import EmailTemplate
from caseupdates.sending.template.problems import TemplateProblem
from caseupdates.updates.models import Revision

MADE_UP = "0"


@dataclass
class ProblemRow:
    line: int = 0  # of the body; 0 is none to go to
    says: str = ""


@dataclass
class Preview:
    subject: str = ""
    html: str = ""
    text: str = ""


@dataclass
class VersionRow:
    number: int = 0
    who: Face = field(default_factory=Face)
    when: str = ""
    subject: str = ""
    body: str = ""


def problem_rows(refusal: Refusal) -> list[ProblemRow]:
    """Each problem with its line; any other refusal alone."""
    if isinstance(refusal, TemplateProblem):
        return [ProblemRow(each.line, str(each)) for each in refusal.problems]
    return [ProblemRow(0, str(refusal))]


def preview_of(mail: Mail) -> Preview:
    return Preview(mail.subject, mail.html, mail.text)


def version_row(version: EmailTemplate, zone: tzinfo) -> VersionRow:
    when = said(version.saved_at, zone)
    return VersionRow(version.id, face(version.saved_by), when, version.subject, version.body)


def update_choices(revisions: Iterable[Revision]) -> list[Choice]:
    real = [Choice(str(each.update_id), f"{each.update.case.number} · {each.title}") for each in revisions]
    return [*real, Choice(MADE_UP, "A made-up update")]


def recipient_choices(people: Iterable[Person]) -> list[Choice]:
    return [Choice(str(each.id), each.name) for each in people] or [Choice(MADE_UP, "A made-up recipient")]
