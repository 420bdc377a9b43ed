"""What happens to a mail after it was accepted: a script for each address, and the events as Resend words them."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Step = dict[str, Any]  # {"type": "bounced", "bounce": {...}}
Rules = Mapping[str, list[Step]]

BOUNCE = {"message": "The address does not exist.", "type": "Permanent", "subType": "General"}
SUPPRESSED = {"message": "The address is on the suppression list.", "type": "OnAccountSuppressionList"}
DETAILS: dict[str, tuple[str, dict[str, str]]] = {
    "bounced": ("bounce", BOUNCE),
    "failed": ("failed", {"reason": "reached_daily_quota"}),
    "suppressed": ("suppressed", SUPPRESSED),
}


def step(told: str | Step) -> Step:
    """A step as given by its name or in full, `email.` before the name or not, with its usual details."""
    given = {"type": told} if isinstance(told, str) else dict(told)
    name = given["type"].removeprefix("email.")
    part, usual = DETAILS.get(name, ("", {}))
    return {**({part: usual} if part else {}), **given, "type": name}


USUAL = [step("sent"), step("delivered")]
AT_RESEND_DEV = {
    "delivered": USUAL,
    "bounced": [step("sent"), step("bounced")],
    "complained": [*USUAL, step("complained")],
    "suppressed": [step("suppressed")],
}


def script(address: str, rules: Rules) -> list[Step]:
    """What happens to mails for this address; those at resend.dev may carry a +label."""
    if address in rules:
        return rules[address]
    name, _, domain = address.partition("@")
    return AT_RESEND_DEV.get(name.partition("+")[0], USUAL) if domain == "resend.dev" else USUAL


def an_event(
    type: str = "delivered",
    *,
    email_id: str = "56761188-7520-42d8-8898-ff6fc54ce618",
    to: str = "client@example.com",
    sender: str = "Firm <updates@example.com>",
    subject: str = "An update",
    tags: Mapping[str, str] | None = None,
    at: float | None = None,
    accepted_at: float | None = None,
    **details: object,
) -> dict[str, object]:
    """The body of a webhook; `details` such as `bounce={...}` stand in for the usual ones. Times since 1970."""
    now = time.time() if at is None else at
    happened = step({"type": type, **details})
    data = {
        "created_at": iso(now if accepted_at is None else accepted_at),
        "email_id": email_id,
        "message_id": message_id(email_id),
        "from": sender,
        "to": [to],
        "subject": subject,
        **({"tags": dict(tags)} if tags else {}),
        **{name: value for name, value in happened.items() if name != "type"},
    }
    return {"type": f"email.{happened['type']}", "created_at": iso(now), "data": data}


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def message_id(email_id: str) -> str:
    return f"<{email_id}@stand-in.resend.dev>"
