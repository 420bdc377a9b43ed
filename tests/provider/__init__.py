"""A stand-in for Resend: a real HTTP server on loopback that behaves as Resend's documentation says it does.

`with StandIn(limit=10) as resend:` runs it in a thread, `with Process(limit=10) as resend:` in a process of its own; both
have `.url` for RESEND_API_URL and the verbs of `steering.Steering`. `python -m tests.provider --port 0` starts it by hand.

Where the facts come from, all under resend.com/docs:
- api-reference/errors: names, statuses and the shape {statusCode, name, message};
- api-reference/rate-limit: one limit for the team over all its keys, ratelimit-* on every answer and retry-after; what
  is used of the quotas in x-resend-daily-quota (free plan only) and x-resend-monthly-quota;
- knowledge-base/account-quotas-and-limits: each recipient counts; the day is UTC's;
- dashboard/emails/idempotency-keys: 24 hours, 256 characters, both ways of sending;
- api-reference/emails/send-email, send-batch-emails, retrieve-email; changelog/batch-validation-modes: strict, permissive;
- dashboard/emails/attachments: 40 MB a mail after Base64; dashboard/emails/tags: what a tag may hold;
- api-reference/domains/list-domains;
- dashboard/emails/send-test-emails, knowledge-base/what-email-addresses-to-use-for-testing: addresses at resend.dev;
- webhooks/emails/*, webhooks/retries-and-replays, webhooks/verify-webhooks-requests (and docs.svix.com on signatures).

Not documented, so guessed: a batch with one unverified sender is refused whole in both modes; a batch that the quota does
not hold is refused whole; a mail above 40 MB is a 422; a refused request takes nothing from the limit.
"""

from tests.provider.account import Account
from tests.provider.events import an_event
from tests.provider.process import Process
from tests.provider.settings import NO_LIMIT
from tests.provider.signatures import signed
from tests.provider.thread import StandIn

__all__ = ["NO_LIMIT", "Account", "Process", "StandIn", "an_event", "signed"]
