"""Signs webhooks as docs/webhooks/verify-webhooks-requests has them verified."""

import base64
import hmac
import secrets
import time
from datetime import datetime

from tests.provider.answers import Headers, as_json


def signed(
    event: dict[str, object] | bytes, secret: str, *, at: datetime | float | None = None, id: str = ""
) -> tuple[Headers, bytes]:
    """Headers and body of a webhook; `secret` is `whsec_` and Base64, `at` now if not given, `id` a new one."""
    body = event if isinstance(event, bytes) else as_json(event)
    id = id or f"msg_{secrets.token_hex(12)}"
    moment = time.time() if at is None else at.timestamp() if isinstance(at, datetime) else at
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{id}.{int(moment)}.".encode() + body, "sha256")
    return {
        "svix-id": id,
        "svix-timestamp": str(int(moment)),
        "svix-signature": f"v1,{base64.b64encode(digest).decode()}",
        "content-type": "application/json",
    }, body
