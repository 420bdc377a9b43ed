"""Journeys: a real server, a real browser, one context per person."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, WebError, sync_playwright

from tests.browser import chromium, pages, secure
from tests.browser.server import Server, free_port

Opener = Callable[..., Page]
Listen = Callable[[BrowserContext, str], None]
NOTHING = "(?!)"  # a pattern that matches nothing
WEBHOOK_SECRET = "whsec_am91cm5leXM="
UNDO_SECONDS = 4  # instead of ten: mail leaves sooner, and a busy machine still has time to press Undo
MAIL = (UNDO_SECONDS + 8) * 1_000  # milliseconds until a mail must have come


@dataclass
class Kept:
    """What outlives a test: browsers by person and options, and with which cookies a person is signed in."""

    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    signed_in: dict[str, StorageState] = field(default_factory=dict)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The product with the demo firm, shared by the journeys of a run; `server.url`, `server.log`."""
    url = f"http://localhost:{free_port()}"
    request.config.stash[LOGS] = running = Server(
        url, tmp_path_factory.mktemp("server"), CASEUPDATES_UNDO_SECONDS=str(UNDO_SECONDS), RESEND_WEBHOOK_SECRET=WEBHOOK_SECRET
    ).start()  # fmt: skip
    yield running
    running.stop()


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory, proxy: secure.Proxy) -> Iterator[Server]:
    """The product as first installed for a firm: https, nobody in its database, the welcome address in its log."""
    port = free_port()
    home = tmp_path_factory.mktemp("empty-server")
    running = Server(f"https://{secure.HOST}:{port}", home).start()
    proxy.forward_to(port)
    yield running
    proxy.close()
    running.stop()


@pytest.fixture(scope="session")
def proxy() -> secure.Proxy:
    return secure.Proxy(free_port())


@pytest.fixture(scope="session")
def browser(proxy: secure.Proxy) -> Iterator[Browser]:
    """Chromium, without a window; it finds nobody but this machine."""
    found = chromium.executable()
    assert found, "no Chromium: run `make browser`"
    names = f"--host-resolver-rules=MAP {secure.HOST} 127.0.0.1:{proxy.port}"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=[*chromium.options(), names])
        yield running
        running.close()


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Hear what a context's pages log during this test; errors fail it, unless they match `may_log`."""
    errors: list[str] = []
    endings: list[Callable[[], None]] = []

    def begin(context: BrowserContext, may_log: str) -> None:
        def hear(message: ConsoleMessage) -> None:
            if message.type == "error" and not re.search(may_log, message.text):
                errors.append(f"console: {message.text} ({message.location.get('url')})")

        def fail(error: WebError) -> None:
            errors.append(f"uncaught: {error.error}")

        context.on("console", hear)
        context.on("weberror", fail)
        endings.append(lambda: context.remove_listener("console", hear))
        endings.append(lambda: context.remove_listener("weberror", fail))

    yield begin
    for end in endings:
        end()
    assert not errors, "The browser reported errors:\n" + "\n".join(errors)


@pytest.fixture
def visitor(browser: Browser, listen: Listen, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """`visitor()` is a page of somebody new: own cookies, own storage. Errors on it fail the test.

    `may_log` is a pattern of console errors that the test expects; the rest goes to `Browser.new_context`.
    Without `base_url` it is a page of `server`.
    """
    contexts: list[BrowserContext] = []

    def open_page(*, may_log: str = NOTHING, base_url: str | None = None, **options: object) -> Page:
        context = _context(browser, base_url or request.getfixturevalue("server").url, **options)
        contexts.append(context)
        listen(context, may_log)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def person(visitor: Opener, kept: Kept, listen: Listen, browser: Browser, server: Server) -> Iterator[Opener]:
    """`person("manager")` is a page of manager@example.com, signed in.

    They sign in through the page once a run and keep their browser, as people do (and sign-in is rate limited);
    each test gets a new tab. One that signs out or changes the session asks for its own:
    `person("manager", anew=True)`.
    """

    def open_page(name: str, *, anew: bool = False, may_log: str = NOTHING, **options: object) -> Page:
        if anew:
            page = visitor(may_log=may_log, **options)
            pages.sign_in(page, name)
            return page
        key = f"{name} {options}"
        if key not in kept.contexts:
            kept.contexts[key] = _context(browser, server.url, storage_state=kept.signed_in.get(name), **options)
        context = kept.contexts[key]
        listen(context, may_log)
        page = context.new_page()
        if name not in kept.signed_in:
            pages.sign_in(page, name)
            kept.signed_in[name] = context.storage_state()
        return page

    yield open_page
    for context in kept.contexts.values():
        for page in context.pages:
            page.close()


@pytest.fixture(scope="session")
def kept(browser: Browser) -> Kept:
    return Kept()


def _context(browser: Browser, address: str, **options: object) -> BrowserContext:
    context = browser.new_context(base_url=address, ignore_https_errors=True, **options)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def title(request: pytest.FixtureRequest) -> str:
    """A title no other test uses, said by the test's own name."""
    return request.node.name.removeprefix("test_").replace("_", " ").capitalize()


LOGS = pytest.StashKey[Server]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failure shows what the server said."""
    report = yield
    if report.failed and (running := item.config.stash.get(LOGS, None)):
        report.sections.append(("server log", running.log[-4000:]))
    return report
