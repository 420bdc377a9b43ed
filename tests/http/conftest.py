"""The product's routes with all that is wrapped around them, without the pages."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from sqlmodel import Session, SQLModel, select

from tests.conftest import Clock
from tests.stories import UNDO

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


class Body:
    """What a browser uploads, chunk by chunk; `taken` says how much of it the server has asked for."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks, self.taken = chunks, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            self.taken += len(chunk)
            yield chunk


class Installation:
    """The firm of tests/stories.py with files in the store, committed; what people do with it goes through routes."""

    def __init__(self) -> None:
        from caseupdates.database import writing
        from caseupdates.people.firm import name_firm
        from tests.stories import Firm

        with writing() as session:
            name_firm(session, "Harbour Investigations", contact="Questions? Call 020 7946 0000.")
            self.firm = Firm(session)

    def signed_in(self, name: str) -> dict[str, str]:
        """The header that a browser of this person sends."""
        from caseupdates.database import writing
        from caseupdates.people import sessions

        with writing() as session:
            return {"cookie": f"session={sessions.start(session, getattr(self.firm, name))}"}

    def file(self, name: str, content: bytes, *, draft: str = "") -> Any:
        """A file on the case, by the investigator."""
        from caseupdates.database import writing
        from caseupdates.files import storage, uploading

        with writing() as session:
            kept = storage.keep(content)
            return uploading.take_in(session, self.firm.case.number, name, kept, draft=draft, by=self.firm.investigator)

    def update(self, *, validated: bool = True, group: Any = None) -> Any:
        """The investigator saves what waits in the draft of a new update."""
        from caseupdates.database import writing
        from caseupdates.files import drafting

        with writing() as session:
            self.firm.session, text = session, self.firm.text(group=group)
            revision = drafting.save(session, self.firm.case.number, "new", text, by=self.firm.investigator)
            return self.firm.validate(revision) if validated else revision

    def send(self, *, verification: bool = True, expires_at: Any = None) -> dict[str, str]:
        """Send what waits in the draft to the partner and the client; the tokens of their links by name."""
        from caseupdates import seals
        from caseupdates.links.models import Link
        from caseupdates.sending.delivering import Handling
        from caseupdates.sending.send import send
        from caseupdates.settings import settings

        revision, to = self.update(), [self.firm.partner, self.firm.client]
        files = Handling(expires_at=expires_at, needs_verification=verification)
        self.sending = self.change(
            send, revision.update_id, [each.id for each in to], seen=1, already=0, files=files, by=self.firm.manager, undo=UNDO
        )  # fmt: skip
        names = {each.id: each.first_name.lower() for each in to}
        return {names[link.person_id]: seals.link_token(settings().secret_key, link.seal) for link in self.rows(Link)}

    def change(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a verb of the domain in a transaction of its own."""
        from caseupdates.database import writing

        with writing() as session:
            return verb(session, *args, **kwargs)

    def rows(self, table: type[SQLModel]) -> list[Any]:
        from caseupdates.database import reading

        with reading() as session:
            return list(session.exec(select(table)).unique().all())

    def dump(self) -> dict[str, list[str]]:
        """Every row of every table."""
        from caseupdates.database import engine

        with engine().connect() as connection:
            tables = SQLModel.metadata.sorted_tables
            return {table.name: sorted(map(repr, connection.execute(table.select()))) for table in tables}


@pytest.fixture
def installed(emptied: None, clock: Clock) -> Installation:
    return Installation()
