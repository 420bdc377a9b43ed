"""Delivers webhooks as their time comes."""

import asyncio

import aiohttp

from tests.provider.account import Account
from tests.provider.webhooks import Event

LOOKS_AGAIN = 0.01  # seconds


async def deliver(account: Account) -> None:
    async with aiohttp.ClientSession() as http:
        while True:
            due = account.due_events()
            width = account.settings.webhook_connections
            await asyncio.gather(*(_deliver_in_turn(account, http, due[start::width]) for start in range(width)))
            if not due:
                await asyncio.sleep(LOOKS_AGAIN)


async def _deliver_in_turn(account: Account, http: aiohttp.ClientSession, events: list[Event]) -> None:
    for event in events:
        account.settle_event(event, await _is_taken(account, http, event))


async def _is_taken(account: Account, http: aiohttp.ClientSession, event: Event) -> bool:
    told = account.settings
    if not told.webhook_url:
        return False
    headers, body = event.webhook(told.webhook_secret, account.now)
    timeout = aiohttp.ClientTimeout(total=told.webhook_timeout)
    try:
        async with http.post(
            told.webhook_url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            return 200 <= answer.status < 300
    except (aiohttp.ClientError, TimeoutError):
        return False
