"""Who may ask, and what may be read: a mail and how it fares, the domains."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from tests.provider.answers import Refused
from tests.provider.events import Rules, iso, message_id, script
from tests.provider.ledger import Accepted, recipients
from tests.provider.settings import Settings
from tests.provider.validation import addresses

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch


def check_key(headers: Mapping[str, str], settings: Settings, *, needs_all: bool) -> None:
    kind, _, key = headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not key:
        raise Refused(401, "missing_api_key", "The Authorization header holds no API key.")
    may = "full_access" if settings.keys is None else settings.keys.get(key)
    if may is None:
        raise Refused(403, "invalid_api_key", "The API key is invalid.")
    if settings.suspended or may == "suspended":
        raise Refused(403, "suspended_api_key", "The API key is suspended.")
    if needs_all and may != "full_access":
        raise Refused(401, "restricted_api_key", "The API key may only send.")


def email(id: str, mails: Mapping[str, Accepted], rules: Rules, now: float, delay: float) -> dict[str, Any]:
    if not _UUID(id):
        raise Refused(422, "invalid_parameter", "The id is not a UUID.")
    if id not in mails:
        raise Refused(404, "not_found", "There is no such mail.")
    mail = mails[id].mail
    return {
        "object": "email",
        "id": id,
        "message_id": message_id(id),
        "created_at": iso(mails[id].at),
        "from": mail["from"],
        "subject": mail["subject"],
        "html": mail.get("html"),
        "text": mail.get("text"),
        **{name: addresses(mail.get(name)) for name in ("to", "cc", "bcc", "reply_to")},
        "last_event": last_event(mails[id], rules, now, delay),
        "scheduled_at": None,
        "tags": mail.get("tags") or [],
    }


def last_event(accepted: Accepted, rules: Rules, now: float, delay: float) -> str:
    """How the mail fares by now, whether or not its webhooks came."""
    steps = script(next(recipients(accepted.mail)), rules)
    passed = int((now - accepted.at) / delay) if delay else len(steps)
    return str(steps[min(passed, len(steps) - 1)]["type"])


def domains(known: Mapping[str, str], query: Mapping[str, str]) -> dict[str, Any]:
    listed = [_domain(name, status) for name, status in known.items()]
    if after := query.get("after"):
        listed = listed[next((place for place, each in enumerate(listed) if each["id"] == after), -1) + 1 :]
    limit = int(query.get("limit", "100"))
    return {"object": "list", "has_more": len(listed) > limit, "data": listed[:limit]}


def _domain(name: str, status: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, name)),
        "name": name,
        "status": status,
        "created_at": "2026-01-05 09:00:00.000000+00",
        "region": "eu-west-1",
        "capabilities": {"sending": "enabled", "receiving": "disabled"},
    }
