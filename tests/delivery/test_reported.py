"""Workers, the stand-in and its webhooks together: answers lost, events out of order, repeated, and refused at first."""

import contextlib
import random
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest
from aiohttp import web
from sqlmodel import select

from caseupdates.database import reading
from caseupdates.delivery import routes
from caseupdates.delivery.journey import journey
from caseupdates.delivery.models import Message, ProviderEvent
from caseupdates.delivery.resend_mailer import ResendMailer
from caseupdates.interface import http
from caseupdates.settings import settings
from tests.delivery.post import put_in, until, working
from tests.provider import StandIn

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("emptied")]
SECRET = "whsec_dG9nZXRoZXI="
SCRIPTS = {
    "delivered": ["sent", "delivered"],
    "delayed": ["sent", "delivery_delayed"],
    "bounced": ["sent", "delivery_delayed", "bounced"],
    "marked as spam": ["sent", "delivered", "complained"],
    "failed": ["failed"],
    "suppressed": ["suppressed"],
}
STAGES = list(SCRIPTS)


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "settings", lambda: replace(settings(), resend_webhook_secret=SECRET))


@pytest.fixture
def resend() -> Iterator[StandIn]:
    with StandIn(
        limit=1000,
        webhook_secret=SECRET,
        webhook_connections=4,
        webhook_speed=5_000,  # five attempts within two seconds: of many events one is always lost thrice
        events_shuffled=True,
        events_repeated=2,
    ) as running:
        yield running


@contextlib.asynccontextmanager
async def served(*, lost: float = 0) -> AsyncIterator[str]:
    """Our routes behind a real server that loses this share of the requests; where webhooks go."""
    ours, chance = httpx.ASGITransport(http.routes()), random.Random(3)

    async def pass_on(request: web.Request) -> web.Response:
        if chance.random() < lost:
            return web.Response(status=502)
        async with httpx.AsyncClient(transport=ours, base_url="http://localhost:8000") as client:
            answer = await client.post(request.path, headers=request.headers, content=await request.read())
        return web.Response(status=answer.status_code, body=answer.content)

    app = web.Application()
    app.router.add_post(routes.routes[0].path, pass_on)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{routes.routes[0].path}"
    finally:
        await runner.cleanup()


def messages() -> list[Message]:
    with reading() as session:
        return list(session.exec(select(Message).order_by(Message.id)))


def events() -> list[ProviderEvent]:
    with reading() as session:
        return list(session.exec(select(ProviderEvent)))


async def test_every_mail_ends_where_its_events_say_though_answers_and_events_get_lost(resend: StandIn) -> None:
    resend.fail_next("drop_after", times=2)
    for n in range(60):
        resend.script(f"client{n}@example.com", *SCRIPTS[STAGES[n % 6]])
    async with (
        served(lost=0.3) as url,
        ResendMailer("re_secret", api_url=resend.url) as mailer,
        working(mailer),
    ):
        resend.configure(webhook_url=url)
        put_in(60)
        expected = sum(len(SCRIPTS[STAGES[n % 6]]) for n in range(60))
        await until(lambda: len(events()) == expected)
    assert [journey(each).stage for each in messages()] == STAGES * 10
    assert not resend.duplicates()
    assert all(each.due_at is None for each in messages())


async def test_a_lost_answer_is_made_good_by_the_event_without_another_request(resend: StandIn) -> None:
    resend.fail_next("drop_after")
    async with served() as url, ResendMailer("re_secret", api_url=resend.url) as mailer, working(mailer):
        resend.configure(webhook_url=url)
        began = time.monotonic()
        put_in(3)
        await until(lambda: all(each.delivered_at for each in messages()))
        assert time.monotonic() - began < 2.5, "the first pause before another attempt is that long"
    assert resend.statistics()["requests"] == 1
