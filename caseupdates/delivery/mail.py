"""A mail: one recipient, text and HTML twins, and the payload it is frozen into."""

import base64
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email

from caseupdates import seals
from caseupdates.refusals import Invalid

SUBJECT_LENGTH = 200  # mail programs show about 70; RFC 5322, 2.1.1 stops a line at 998 octets
HEADERS = {
    "Auto-Submitted": "auto-generated",  # RFC 3834, 5: vacation responders stay silent
    "X-Auto-Response-Suppress": "All",  # Exchange's twin of it, MS-OXCMAIL 2.2.3.2.14
}
TAG = "message"  # what names our key beside a mail, and in the provider's events of it

Content = Callable[[str], bytes]  # a file's content by its SHA-256; files are not this room's


@dataclass(frozen=True)
class Attachment:
    """A file to go with a mail, frozen by its hash: its bytes are read when the mail is handed over."""

    name: str
    sha256: str
    size: int  # bytes


@dataclass(frozen=True)
class Mail:
    """A mail before it is frozen; `to` is a single bare address."""

    to: str
    subject: str
    text: str
    html: str
    reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()


def payload(mail: Mail, *, sender: str, key: str) -> str:
    """The mail as canonical JSON: the same mail always gives the same bytes. Raise Invalid unless `to` is one address.

    The provider's events repeat `key`: of an answer that got lost they tell what it was.
    """
    fields: dict[str, Any] = {
        "from": sender,
        "to": [_one_address(mail.to)],
        "subject": shortened(one_line(mail.subject), SUBJECT_LENGTH),
        "text": mail.text,
        "html": mail.html,
        "headers": HEADERS,
        "tags": [{"name": TAG, "value": key}],
    }
    if mail.reply_to:
        fields["reply_to"] = one_line(mail.reply_to)
    if mail.attachments:
        fields["attachments"] = [
            {"filename": each.name, "sha256": each.sha256, "size": each.size} for each in mail.attachments
        ]
    return _canonical(fields)


def complete(payload: str, *, key: bytes, content: Content) -> str:
    """A frozen payload as the provider takes it: secrets in, attachments in base64. The same bytes each time."""
    whole = seals.broken(payload, key)
    if '"attachments":' not in whole:  # spares taking it apart; said in a text, its quotes are escaped
        return whole
    fields: dict[str, Any] = json.loads(whole)
    for each in fields.get("attachments", []):
        each["content"] = base64.b64encode(content(each.pop("sha256"))).decode()
        del each["size"]
    return _canonical(fields)


def one_line(text: str) -> str:
    """Without line breaks and control characters: nobody adds a header through it."""
    return " ".join("".join(" " if _is_control(each) else each for each in text).split())


def shortened(text: str, length: int) -> str:
    """At most so many characters, an ellipsis where some are missing."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _canonical(fields: dict[str, Any]) -> str:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _is_control(character: str) -> bool:
    # Zl and Zp are Unicode's own line breaks; Cs cannot be encoded at all.
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def _one_address(address: str) -> str:
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        raise Invalid(f"A mail goes to one address. {error}") from None
    return address
