"""What the variables of a template say in one recipient's mail."""

import functools
from collections import defaultdict
from types import SimpleNamespace

from markupsafe import Markup

from caseupdates import clock
from caseupdates.delivery.letters import part
from caseupdates.delivery.mail import one_line
from caseupdates.people.firm import zone_of
from caseupdates.people.models import Firm, Person
from caseupdates.sending.template import paper
from caseupdates.sending.template.files import Files, box
from caseupdates.sending.template.rendering import Values
from caseupdates.sending.template.variables import Block
from caseupdates.settings import settings
from caseupdates.updates import markdown
from caseupdates.updates.models import Revision
from caseupdates.updates.writing import path_of


def values(here: Firm, revision: Revision, *, to: Person, sender: Person, note: str, files: Files) -> Values:
    """Every variable of PRODUCT 4.1."""
    case, update = revision.update.case, revision.update
    body, noted, filed = _text(revision.body), _note(note.strip(), sender.name), box(files)
    said: dict[str, str] = {
        "General.date": f"{clock.now().astimezone(zone_of(here)):%-d %B %Y}",
        "Case.case_number": case.number, "Case.title": case.title, "Case.case_type": case.case_type,
        "Client.name": case.client.name,
        "Update.title": revision.title, "Update.body": body, "Update.author": update.author.name,
        "Update.additional_note": noted, "Update.attachments": filed, "Update.attachment_expiration": files.last_day,
        "Update.url": _button(settings().url(path_of(update)) if to.can_sign_in else ""),
        "Recipient.first_name": to.first_name, "Recipient.name": to.name,
        "Sender.name": sender.name, "Sender.email": sender.email or "",
        "Company.name": here.name, "Company.email_signature": _text(here.email_signature),
    }  # fmt: skip
    objects: dict[str, SimpleNamespace] = defaultdict(SimpleNamespace)
    for name, value in said.items():
        object_name, _, field = name.partition(".")
        setattr(objects[object_name], field, value if isinstance(value, Block) else _line(value))
    return Values(dict(objects), body, owed=(filed, noted))


# What is the same in every recipient's mail is made once.


@functools.lru_cache(maxsize=1024)
def _line(written: str) -> str:
    return one_line(written)


@functools.lru_cache(maxsize=64)
def _text(written: str) -> Block:
    return Block(written, html=Markup(paper.dressed(markdown.html(written))))  # noqa: S704 (allow-listed by nh3)


@functools.lru_cache(maxsize=64)
def _note(note: str, sender: str) -> Block:
    text, html = part("note", note=note, sender=sender)
    return Block(note, html=html, text=text)


@functools.lru_cache(maxsize=64)
def _button(url: str) -> Block:
    text, html = part("button", url=url, label="Open in Case Updates")
    return Block(url, html=html, text=text, address=url)
