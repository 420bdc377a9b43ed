"""A provider that fails at every fifth request in every way it can: nothing is lost, nothing goes out twice."""

import asyncio
import contextlib
import json

import pytest

from caseupdates.delivery import claiming
from tests.delivery.post import working
from tests.faults import IS_LONG, mails
from tests.faults.hurry import hurried
from tests.provider.faults import FAULTS

MAILS = 20_000 if IS_LONG else 2_000
WORKERS = 3
WAVES = 4
PATIENCE = 1_200 if IS_LONG else 120  # seconds


@pytest.fixture
def provider(emptied, monkeypatch):
    """In requests of at most seven, so that there are thousands to fail."""
    monkeypatch.setattr(claiming, "LARGEST", 7)
    with hurried(monkeypatch) as (resend, clock):
        resend.fail_share(0.2, FAULTS, seed=5)
        yield resend, clock


def test_each_mail_ends_and_both_sides_agree_how(provider):
    resend, clock = provider
    written = asyncio.run(send(resend, clock))
    told, found, taken = resend.statistics(), mails.ends(), mails.ids_given(resend)
    print(f"\n{told['requests']} requests, {told['faults']}, refused {told['refused']}, {found.count}")

    assert set(told["faults"]) == FAULTS
    assert 0.17 < sum(told["faults"].values()) / told["requests"] < 0.23
    assert resend.duplicates() == {}
    assert "invalid_idempotent_request" not in told["refused"]
    assert found.open == set()
    # What is called accepted is, under that id; what the provider has beyond it waits for a person, called uncertain.
    assert found.accepted.items() <= taken.items()
    assert taken.keys() - found.accepted.keys() <= found.uncertain
    assert len(found.refused) <= len([n for n in range(MAILS) if mails.is_wrong(n)])
    assert mails.payloads() == written
    assert mails.said(resend) == {key: json.loads(mails.opened(written[key])) for key in taken}


async def send(resend, clock):
    """Put mails in while workers send; in the middle a night passes, longer than a key is good for."""
    written = {}
    async with contextlib.AsyncExitStack() as open_mailers:
        mailers = [await open_mailers.enter_async_context(mails.mailer(resend.url)) for _ in range(WORKERS)]
        async with working(*mailers), asyncio.timeout(PATIENCE):
            for wave in range(WAVES):
                written |= await asyncio.to_thread(mails.put_in_now, MAILS // WAVES)
                await asyncio.sleep(1)
                if wave == 1:
                    clock.forward(hours=23.5)
            while await asyncio.to_thread(mails.some_are_open):  # noqa: ASYNC110 (nobody rings for all of them)
                await asyncio.sleep(0.2)
    return written
