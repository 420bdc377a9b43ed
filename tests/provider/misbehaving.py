"""How faults look on the wire."""

import asyncio

from aiohttp import web

from tests.provider.account import Account
from tests.provider.answers import Answer, Refused, page

LOOKS_AGAIN = 0.01  # seconds

INSTEAD = {
    "error_before": Refused(500, "application_error", "Something unexpected happened.").answer,
    "error_after": Refused(500, "application_error", "Something unexpected happened.").answer,
    "rate_limited": Refused(429, "rate_limit_exceeded", "Too many requests in one second.", retry_after="1").answer,
    "html_502": page(502, "Bad gateway"),
    "html_200": page(200, "Sign in to this network"),
}


async def misbehave(request: web.Request, account: Account, fault: str, answer: Answer | None) -> Answer | None:
    """The answer that is to be given, or None when this fault leaves none."""
    if fault in INSTEAD:
        return INSTEAD[fault]
    if answer is not None and fault == "bad_json":
        return answer._replace(body=answer.body.replace(b":", b"", 1))
    if answer is not None and fault == "slow":
        return answer
    if answer is not None and fault == "truncated":
        await _say_half(request, answer)
    else:
        if fault.startswith("stall"):
            await _stall(account)
        hang_up(request)
    return None


def hang_up(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()


async def _say_half(request: web.Request, answer: Answer) -> None:
    half = web.StreamResponse(status=answer.status, headers={"content-type": answer.kind})
    half.content_length = len(answer.body)
    await half.prepare(request)
    await half.write(answer.body[: len(answer.body) // 2])
    if request.transport:
        request.transport.close()  # unlike abort, after what was written


async def _stall(account: Account) -> None:
    before, waited = account.times_released, 0.0
    while account.times_released == before and waited < account.settings.stall:
        await asyncio.sleep(LOOKS_AGAIN)
        waited += LOOKS_AGAIN
