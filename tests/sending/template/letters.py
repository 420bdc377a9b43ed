"""Templates written, rendered and read back, without a database."""

from html.parser import HTMLParser

from caseupdates.delivery.mail import Mail
from caseupdates.people.models import Firm, Person
from caseupdates.sending.mail import PATIENCE, case_update
from caseupdates.sending.template import sample
from caseupdates.sending.template.files import Files
from caseupdates.sending.template.standard import Text
from caseupdates.sending.template.syntax import check, problems
from caseupdates.updates.models import Revision

LINK = "http://localhost:8000/l/seal-link-" + "s" * 43


def refusals(body: str = "x", *, subject: str = "s") -> list[str]:
    """What is said to a template, each problem as it is shown."""
    return [str(each) for each in problems(Text(subject, body))]


def write(body: str, *, subject: str = "s", note: str = "", linked: bool = False, attached: bool = False, **facts: object) -> Mail:  # fmt: skip
    """The mail that this template makes of a made-up update; `facts` change the update, its case and its people."""
    template = Text(subject, body)
    check(template)
    here, revision, to = made_up(**facts)
    files = files_of(linked=linked, attached=attached)
    sender = sample.recipient()
    return case_update(here, template, revision, to=to, sender=sender, note=note, files=files, within=PATIENCE)


def made_up(**facts: object) -> tuple[Firm, Revision, Person]:
    revision, to = sample.update(str(facts.get("update", "Two **vehicles**."))), sample.recipient()
    revision.title = str(facts.get("title", "Night two"))
    revision.update.case.title = str(facts.get("case_title", "Warehouse losses"))
    to.name, to.password_hash = str(facts.get("recipient", "Client C.")), facts.get("password_hash", "set")  # type: ignore[assignment]
    return Firm(name="Harbour & Sons", email_signature=str(facts.get("signature", ""))), revision, to


def files_of(*, linked: bool = False, attached: bool = False) -> Files:
    return Files(
        sample.files()[:1] if attached else (), sample.files()[1:] if linked else (), LINK if linked else "",
        "2 December 2026" if linked else "", needs_verification=False,
    )  # fmt: skip


def content(mail: Mail) -> str:
    """The HTML inside the frame that every mail has."""
    return mail.html.partition('<td class="card"')[2].partition(">")[2].partition('<tr><td class="second"')[0]


class Found(HTMLParser):
    """What a mail program would find: elements, attributes, addresses, the text that is read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.said += data
