"""What can be said of the firm: each fact with the check that it can be taken."""

import unicodedata
from collections.abc import Callable
from zoneinfo import available_timezones

from caseupdates.people import addresses
from caseupdates.refusals import Invalid

NAME_LENGTH, CONTACT_LENGTH, SIGNATURE_LENGTH = 80, 200, 2_000  # characters
LINKS_EXPIRE = ("24 hours", "7 days", "30 days", "90 days", "when the case closes")  # links.expiry.Expiry, but a date
OLD_NAMES = {"Etc", "US", "Canada", "Brazil", "Mexico", "Chile", "SystemV"}  # of zones that have another name as well
ZONES = frozenset(
    {"UTC", *(each for each in available_timezones() if "/" in each and each.partition("/")[0] not in OLD_NAMES)}
)
OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they turn the direction of what follows


def _name(given: object) -> str:
    name = _line(given, "The firm’s name", NAME_LENGTH)
    if not name:
        raise Invalid("Please type the firm’s name.")
    return name


def _contact(given: object) -> str:
    return _line(given, "The contact", CONTACT_LENGTH)


def _reply_to(given: object) -> str | None:
    return addresses.normalise(str(given)) if str(given).strip() else None


def _signature(given: object) -> str:
    text = str(given).replace("\r\n", "\n").strip()
    if len(text) > SIGNATURE_LENGTH:
        raise Invalid(f"The email signature has at most {SIGNATURE_LENGTH:,} characters; this has {len(text):,}.")
    if _strange(text.replace("\n", "").replace("\t", "")):
        raise Invalid("The email signature has a character in it that cannot be shown. Please type it anew.")
    return text


def _time_zone(given: object) -> str:
    if given not in ZONES:
        raise Invalid("Please choose a time zone of the list.")
    return str(given)


def _links_expire(given: object) -> str:
    if given not in LINKS_EXPIRE:
        raise Invalid("Please choose one of the list.")
    return str(given)


def _line(given: object, what: str, at_most: int) -> str:
    line = str(given).strip()
    if len(line.splitlines()) > 1 or _strange(line):
        raise Invalid(f"{what} goes on one line, without control characters.")
    if len(line) > at_most:
        raise Invalid(f"{what} has at most {at_most} characters; this has {len(line)}.")
    return line


def _strange(text: str) -> bool:
    return any(unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} or each in OVERRIDES for each in text)


# column: its word in history, its check
FACTS: dict[str, tuple[str, Callable[[object], object]]] = {
    "name": ("name", _name),
    "contact": ("contact", _contact),
    "reply_to": ("reply address", _reply_to),
    "email_signature": ("email signature", _signature),
    "time_zone": ("time zone", _time_zone),
    "attach_files": ("files attached", bool),
    "links_expire": ("links expire", _links_expire),
    "verify_identity": ("identity verification", bool),
}
