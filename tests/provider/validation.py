"""Which mails Resend takes."""

import base64
import binascii
import re
from typing import Any

from tests.provider.answers import Refused

Mail = dict[str, Any]

LARGEST = 40 * 1024 * 1024  # bytes of a whole mail, Base64 and all
MOST_RECIPIENTS = 50
MOST_IN_BATCH = 100
NOT_IN_BATCH = ("attachments", "scheduled_at")
LISTS = ("to", "cc", "bcc", "reply_to")

_BARE = r"[^@\s<>,]+@[^@\s<>,]+"
_ADDRESS = re.compile(rf"(?:{_BARE}|[^<>\r\n]*<{_BARE}>)").fullmatch
_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}").fullmatch
_EXAMPLE = re.compile(r"[@.](?:example|test)\.(?:com|net|org)>?$").search


def check(mail: object, *, blocks_example: bool = False) -> None:
    """Raise what Resend would answer to this mail."""
    if not isinstance(mail, dict):
        raise _wrong("A mail is an object.")
    _check_presence(mail)
    if not isinstance(mail["from"], str) or not _ADDRESS(mail["from"]):
        raise Refused(422, "invalid_from_address", "The `from` field is not an address, nor a name with one.")
    for name in LISTS:
        if name in mail:
            _check_addresses(name, mail[name], blocks_example and name != "reply_to")
    if not all(isinstance(mail.get(name, ""), str) for name in ("subject", "html", "text")):
        raise _wrong("The `subject`, `html` and `text` fields are text.")
    _check_extras(mail)


def check_in_batch(mail: object, *, blocks_example: bool = False) -> None:
    check(mail, blocks_example=blocks_example)
    for name in NOT_IN_BATCH:
        if isinstance(mail, dict) and name in mail:
            raise _wrong(f"The `{name}` field cannot be used in a batch.")


def addresses(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def bare(address: str) -> str:
    """The address itself of `Name <address>`."""
    return address.rpartition("<")[2].rstrip(">").strip()


def _check_presence(mail: Mail) -> None:
    for name in ("from", "to", "subject"):
        if not mail.get(name):
            raise Refused(422, "missing_required_field", f"The `{name}` field is missing.")
    if not mail.get("html") and not mail.get("text"):
        raise Refused(422, "missing_required_field", "The `html` or the `text` field is missing.")


def _check_addresses(name: str, value: object, blocks_example: bool) -> None:
    given = addresses(value)
    if not given or len(given) > MOST_RECIPIENTS:
        raise _wrong(f"The `{name}` field holds 1 to {MOST_RECIPIENTS} addresses.")
    for each in given:
        if not isinstance(each, str) or not _ADDRESS(each):
            raise _wrong(f"The `{name}` field holds what is not an address.")
        if blocks_example and _EXAMPLE(each):
            raise _wrong(f"The `{name}` field holds an address of nobody. Use one at resend.dev for testing.")


def _check_extras(mail: Mail) -> None:
    headers, tags, attachments = (mail.get(name) or () for name in ("headers", "tags", "attachments"))
    if headers and not (isinstance(headers, dict) and all(isinstance(each, str) for each in headers.values())):
        raise _wrong("The `headers` field is an object of text.")
    if not isinstance(tags, list | tuple) or not all(_is_tag(each) for each in tags):
        raise _wrong("A tag's name and value hold ASCII letters, digits, underscores and dashes, at most 256.")
    if not isinstance(attachments, list | tuple) or not all(_is_attachment(each) for each in attachments):
        raise Refused(422, "invalid_attachment", "An attachment has a `filename` and Base64 `content`, or a `path`.")


def _is_tag(tag: object) -> bool:
    return isinstance(tag, dict) and all(
        isinstance(tag.get(part), str) and _TAG(tag[part]) for part in ("name", "value")
    )


def _is_attachment(attachment: object) -> bool:
    if not isinstance(attachment, dict):
        return False
    if isinstance(attachment.get("path"), str):
        return True
    return isinstance(attachment.get("filename"), str) and _is_base64(attachment.get("content"))


def _is_base64(content: object) -> bool:
    try:
        return isinstance(content, str) and bool(base64.b64decode(content, validate=True))
    except (binascii.Error, ValueError):
        return False


def _wrong(message: str) -> Refused:
    return Refused(422, "validation_error", message)
