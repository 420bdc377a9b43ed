"""Who else hands mail to Resend: django-anymail, Resend's SDK, and clients that do nothing but post."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence

import httpx

from tests.bench.delivering.mails import HTML, KEY, SENDER, SUBJECT, TEXT, addresses, batches

MAIL = {"from": SENDER, "subject": SUBJECT, "text": TEXT, "html": HTML}

Peer = Callable[[str, int], float]  # the provider's URL, how many mails -> seconds


def anymail_loop(url: str, count: int) -> float:
    """One message each, over a connection that is kept open."""
    return _anymail(url, [[each] for each in addresses(count)])


def anymail_batches(url: str, count: int) -> float:
    """A message for each hundred, by `merge_metadata` a mail to each of them."""
    return _anymail(url, batches(count))


def sdk_loop(url: str, count: int) -> float:
    """As Resend's manual has it; the SDK opens a connection for each mail."""
    import resend

    resend.api_key, resend.api_url = KEY, url
    start = time.perf_counter()
    for each in addresses(count):
        resend.Emails.send({**MAIL, "to": [each]})
    return time.perf_counter() - start


def bare(url: str, count: int) -> float:
    """Batches one after another over kept connections; nothing is written down."""
    return asyncio.run(_post(url, batches(count), at_once=1))


def bare_ten(url: str, count: int) -> float:
    """Ten batches at once."""
    return asyncio.run(_post(url, batches(count), at_once=10))


def _anymail(url: str, groups: Sequence[Sequence[str]]) -> float:
    from django.conf import settings
    from django.core.mail import EmailMultiAlternatives, get_connection

    if not settings.configured:
        settings.configure()
    start = time.perf_counter()
    with get_connection("anymail.backends.resend.EmailBackend", api_key=KEY, api_url=url) as connection:
        for to in groups:
            message = EmailMultiAlternatives(SUBJECT, TEXT, SENDER, to, connection=connection)
            message.attach_alternative(HTML, "text/html")
            if len(to) > 1:
                message.merge_metadata = {each: {"message": secrets.token_urlsafe()} for each in to}
            message.send()
    return time.perf_counter() - start


async def _post(url: str, groups: Sequence[Sequence[str]], *, at_once: int) -> float:
    turns = asyncio.Semaphore(at_once)
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {KEY}"}) as client:

        async def post(to: Sequence[str]) -> None:
            async with turns:
                batch = [{**MAIL, "to": [each]} for each in to]
                key = {"Idempotency-Key": secrets.token_urlsafe()}
                (await client.post("/emails/batch", json=batch, headers=key)).raise_for_status()

        start = time.perf_counter()
        await asyncio.gather(*map(post, groups))
        return time.perf_counter() - start


LOOPS: dict[str, Peer] = {"anymail, loop": anymail_loop, "SDK, loop": sdk_loop}
ANYMAIL, BARE = "anymail, batches", "bare client"
BATCHES: dict[str, Peer] = {ANYMAIL: anymail_batches, BARE: bare, "bare client, ten at once": bare_ten}
