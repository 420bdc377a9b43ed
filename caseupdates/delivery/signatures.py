"""Signatures: is a webhook the provider's? As resend.com/docs/webhooks/verify-webhooks-requests and docs.svix.com have it.

The SDK's own check takes any version of signature, knows only the machine's clock, and mixes up what went wrong.
"""

import base64
import hmac
from collections.abc import Mapping
from datetime import timedelta

from caseupdates import clock

TOLERANCE = timedelta(minutes=5)  # docs.svix.com, "Verifying Webhooks Manually"
VERSION = "v1"

NO_SECRET = "RESEND_WEBHOOK_SECRET is not set: nothing can be known to come from the mail provider."  # noqa: S105
NO_SIGNATURE = "It was not signed."
OTHER_SECRET = "It was signed with another secret than RESEND_WEBHOOK_SECRET, or by somebody else."  # noqa: S105


def objection(headers: Mapping[str, str], body: bytes, *, secret: str | None) -> str:
    """Why these bytes cannot be taken for the provider's, in words for an operator; empty when they can."""
    if not secret:
        return NO_SECRET
    id, sent_at, given = (headers.get(f"svix-{name}", "") for name in ("id", "timestamp", "signature"))
    if not (id and sent_at and given):
        return NO_SIGNATURE
    expected = _signature(id, sent_at, body, secret)
    if not any(hmac.compare_digest(expected, each.encode()) for each in given.split(" ")):
        return OTHER_SECRET
    return _staleness(sent_at)


def _signature(id: str, sent_at: str, body: bytes, secret: str) -> bytes:
    digest = hmac.digest(_key(secret), f"{id}.{sent_at}.".encode() + body, "sha256")
    return f"{VERSION},".encode() + base64.b64encode(digest)


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"))


def _staleness(sent_at: str) -> str:
    """A request seen once may not be sent again later by somebody who kept it."""
    if not (sent_at.isascii() and sent_at.isdigit() and len(sent_at) < 12):
        return NO_SIGNATURE
    seconds = clock.now().timestamp() - int(sent_at)
    if abs(seconds) <= TOLERANCE.total_seconds():
        return ""
    minutes, ahead = round(abs(seconds) / 60), "ahead of" if seconds > 0 else "behind"
    return f"This server's clock is {minutes:,} minutes {ahead} the time it was signed at: set the clock right."
