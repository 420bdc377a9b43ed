"""What every journey does: open a page that is ready, sign in, take its picture."""

import os
import re
import time
from pathlib import Path

from playwright.sync_api import Page, WebSocket, expect

PASSWORD = "case-updates-demo"
PATIENCE = 20  # seconds until a page must be ready
SHOTS = os.environ.get("CASEUPDATES_SHOTS")


def go(page: Page, path: str) -> None:
    """Open a page and wait until its state has arrived: what is typed earlier is lost."""
    arrived: list[bool] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: arrived.append(True) if "is_hydrated" in str(frame) else None)

    page.on("websocket", watch)
    page.goto(path)
    waits_until = time.monotonic() + PATIENCE
    while not arrived:
        assert time.monotonic() < waits_until, f"{path} got no state from the server in {PATIENCE} s"
        page.wait_for_timeout(20)  # lets Playwright hear of frames
    page.remove_listener("websocket", watch)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Sign in through the page as <name>@example.com, and wait until it is left."""
    go(page, "/sign-in")
    page.get_by_label("Email", exact=True).fill(f"{name}@example.com")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).not_to_have_url(re.compile("/sign-in"))


def shot(page: Page, name: str) -> None:
    """Pictures in light, dark and 390 px, in the folder CASEUPDATES_SHOTS names; nothing without it."""
    if not SHOTS:
        return
    wide = page.viewport_size
    for suffix, scheme, size in (
        ("light", "light", wide),
        ("dark", "dark", wide),
        ("390", "light", {"width": 390, "height": 844}),
    ):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.wait_for_timeout(200)  # colours fade
        page.screenshot(path=Path(SHOTS) / f"{name}-{suffix}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(wide)
