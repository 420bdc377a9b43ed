"""The product's routes with all that is wrapped around them, without the pages."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlmodel import Session

from tests.conftest import Clock

BASE = "http://localhost:8000"
PASSWORD = "harbour lights at dusk"


class Browser:
    """One caller; it keeps no cookies, so that each request shows what it brings."""

    def __init__(self, headers: dict[str, str], network: str) -> None:
        self.headers, self.network = headers, network

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._request(method, path, **options))

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    async def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        from caseupdates.interface import http

        app = http.SecureAnswers(http.OwnOriginOnly(http.routes()))
        # An error of ours is to arrive as a visitor would see it.
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(self.network, 50_000))
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=self.headers) as client:
            return await client.request(method, path, **options)


Visitor = Callable[..., Browser]


@pytest.fixture
def visitor(emptied: None, clock: Clock) -> Visitor:
    """`visitor()` is a browser on our own page; with `origin=None` or another it is not."""

    def come(*, origin: str | None = BASE, network: str = "192.0.2.1", **headers: str) -> Browser:
        return Browser({**({"origin": origin} if origin is not None else {}), **headers}, network)

    return come


@pytest.fixture
def people(emptied: None, clock: Clock) -> None:
    """The firm of tests/stories.py, committed; the manager and a disabled person have a password."""
    from caseupdates.database import engine
    from caseupdates.people import passwords
    from caseupdates.people.models import AccessLevel
    from tests.stories import Firm

    with Session(engine()) as session:
        firm = Firm(session)
        firm.manager.password_hash = firm.colleague.password_hash = passwords.hashed(PASSWORD)
        firm.partner.password_hash = None
        firm.colleague.access_level = AccessLevel.DISABLED
        session.commit()
