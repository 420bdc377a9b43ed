"""Access for as long as the browser window is open: reload, a second tab and a lost network keep it, closing ends it."""

import time

from playwright.sync_api import BrowserContext, expect

from tests.browser import gate
from tests.browser.conftest import Opener

PARTNER = "partner@example.com"
ENDS_WITHIN = 60  # seconds; PRODUCT 5.5
FORGIVEN = 30  # seconds without network


def test_the_files_are_open_while_a_window_is_and_no_longer(person: Opener, visitor: Opener) -> None:
    mailbox, window = visitor(), visitor(may_log="401|ERR_INTERNET_DISCONNECTED|WebSocket")
    before = gate.count_mails(mailbox, PARTNER)
    gate.send_links(person("manager"), "Partner C.")
    link = gate.mailed_link(mailbox, PARTNER, after=before)
    window.goto(link)
    gate.ask(window, PARTNER)
    window.reload()
    expect(gate.heading(window, "Enter the code")).to_be_visible()
    gate.enter(window, gate.mailed_code(mailbox, PARTNER, after=before + 1))
    file = window.locator("video").get_attribute("src") or ""

    window.reload()
    expect(gate.heading(window, "Your files")).to_be_visible()
    second = window.context.new_page()
    second.goto(link)
    expect(gate.heading(second, "Your files")).to_be_visible()
    window.close()

    second.locator("video").evaluate("video => { video.isTheSame = true }")
    second.context.set_offline(True)
    time.sleep(FORGIVEN)
    second.context.set_offline(False)
    expect(second.get_by_text("Connection lost")).to_have_count(0, timeout=10_000)
    assert _status(second.context, file) == 206
    assert second.locator("video").evaluate("video => video.isTheSame")  # what is played goes on

    second.goto("about:blank")
    assert _seconds_open(second.context, file) < ENDS_WITHIN
    restored = second.context.new_page()  # with its cookies
    restored.goto(link)
    expect(gate.heading(restored, "Two files for you")).to_be_visible()
    expect(restored.get_by_text("week-1.mp4")).to_have_count(0)


def _status(context: BrowserContext, file: str) -> int:
    """How the next range request of a download is answered."""
    return context.request.get(file, headers={"range": "bytes=100-199"}).status


def _seconds_open(context: BrowserContext, file: str) -> float:
    begun = time.monotonic()
    while _status(context, file) == 206 and time.monotonic() - begun < ENDS_WITHIN + 5:
        time.sleep(0.5)
    return time.monotonic() - begun
