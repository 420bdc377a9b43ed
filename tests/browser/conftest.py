"""Journeys: a real server, a real browser, one context per person."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser import chromium, pages, secure
from tests.browser.server import PREFERRED_PORT, Server, free_port

Opener = Callable[..., Page]
UNDO_SECONDS = 4  # instead of ten: mail leaves sooner, and a busy machine still has time to press Undo
MAIL = (UNDO_SECONDS + 8) * 1_000  # milliseconds until a mail must have come


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The product with the demo firm, shared by the journeys of a run; `server.url`, `server.log`."""
    url = f"http://localhost:{free_port(PREFERRED_PORT)}"
    request.config.stash[LOGS] = running = Server(
        url, tmp_path_factory.mktemp("server"), CASEUPDATES_UNDO_SECONDS=str(UNDO_SECONDS)
    ).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory, proxy: secure.Proxy) -> Iterator[Server]:
    """The product as first installed for a firm: https, nobody in its database, the welcome address in its log."""
    port = free_port(PREFERRED_PORT + 1)
    home = tmp_path_factory.mktemp("empty-server")
    running = Server(f"https://{secure.HOST}:{port}", home, web=".web-test-secure").start()
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
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """`visitor()` is a page of somebody new: own cookies, own storage. Errors on it fail the test.

    `may_log` is a pattern of console errors that the test expects; the rest goes to `Browser.new_context`.
    Without `base_url` it is a page of `server`.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(*, may_log: str = "(?!)", base_url: str | None = None, **options: object) -> Page:
        address = base_url or request.getfixturevalue("server").url
        context = browser.new_context(base_url=address, ignore_https_errors=True, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)

        def hear(message: ConsoleMessage) -> None:
            if message.type == "error" and not re.search(may_log, message.text):
                errors.append(f"console: {message.text} ({message.location.get('url')})")

        context.on("console", hear)
        context.on("weberror", lambda error: errors.append(f"uncaught: {error.error}"))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, "The browser reported errors:\n" + "\n".join(errors)


@pytest.fixture
def person(visitor: Opener, signed_in: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Opener:
    """`person("manager")` is a page of manager@example.com, signed in.

    They sign in through the page once a run and keep the cookie, as people do (and sign-in is rate limited).
    A test that signs out or changes the session asks for its own: `person("manager", anew=True)`.
    """

    def open_page(name: str, *, anew: bool = False, **options: object) -> Page:
        if name in signed_in and not anew:
            return visitor(storage_state=signed_in[name], **options)
        page = visitor(**options)
        pages.sign_in(page, name)
        if not anew:
            signed_in[name] = tmp_path_factory.mktemp("cookies") / name
            page.context.storage_state(path=signed_in[name])
        return page

    return open_page


@pytest.fixture
def title(request: pytest.FixtureRequest) -> str:
    """A title no other test uses, said by the test's own name."""
    return request.node.name.removeprefix("test_").replace("_", " ").capitalize()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Path]:
    return {}


LOGS = pytest.StashKey[Server]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failure shows what the server said."""
    report = yield
    if report.failed and (running := item.config.stash.get(LOGS, None)):
        report.sections.append(("server log", running.log[-4000:]))
    return report
