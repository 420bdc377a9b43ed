"""From one screen to another: "Send" to the notification, against one bare event on the sender's own screen."""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser import chromium, pages
from tests.browser.server import Server, free_port

ROUNDS = 10


def main() -> None:
    url = f"http://localhost:{free_port()}"
    server = Server(url, Path(tempfile.mkdtemp(prefix="caseupdates-bench-"))).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.options())
            _measure(browser, url)
            browser.close()
    finally:
        server.stop()


def _measure(browser: Browser, url: str) -> None:
    manager, client = (_signed_in(browser, url, name) for name in ("manager", "client"))
    pages.go(client, "/profile/notifications")
    pages.go(manager, "/cases/2026-0142")
    opening = manager.get_by_role("article").filter(has_text="Opening note")
    dialog = manager.get_by_role("dialog")
    opened = dialog.get_by_role("button", name="Client Contacts", expanded=True)
    floor, ours = [], []
    for _ in range(ROUNDS):
        opening.get_by_role("button", name="Send", exact=True).click()
        contacts = dialog.get_by_role("button", name="Client Contacts")
        floor.append(_timed(contacts, opened))
        dialog.get_by_role("checkbox", name="Client C.").click()
        arrives = client.get_by_role("article").nth(client.get_by_role("article").count())
        ours.append(_timed(dialog.get_by_role("button", name="Send", exact=True), arrives))
        expect(dialog).to_be_hidden()
    print(f"  one bare event, own screen        median {statistics.median(floor):6.0f} ms")
    print(f"  Send to notification, other screen median {statistics.median(ours):5.0f} ms, slowest {max(ours):.0f} ms")
    print(f"  ratio {statistics.median(ours) / statistics.median(floor):.1f}")


def _timed(button: Locator, shows: Locator) -> float:
    """Milliseconds from a click to what it shows, as a person at the screen has them."""
    start = time.perf_counter()
    button.click()
    shows.wait_for()
    return (time.perf_counter() - start) * 1000


def _signed_in(browser: Browser, url: str, name: str) -> Page:
    page = browser.new_context(base_url=url).new_page()
    pages.sign_in(page, name)
    return page
