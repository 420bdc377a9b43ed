"""What every journey does: open a page that is ready, sign in, write, validate, choose, send, take a picture."""

import os
import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, WebSocket, expect

PASSWORD = "case-updates-demo"
CASE = "/cases/2026-0142"
NOTIFICATIONS = "/profile/notifications"
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


def write_update(page: Page, title: str, body: str = "Nothing moved before two.", *, group: str = "Public") -> Locator:
    """Write an update on the case that is open; its card."""
    editor = open_editor(page)
    type_update(editor, title, body, group=group)
    editor.get_by_role("button", name="Save Update").click()
    expect(editor).to_be_hidden()
    return card(page, title)


def open_editor(page: Page) -> Locator:
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_role("menuitem", name="Update").click()
    return page.get_by_role("dialog", name="New Update")


def type_update(editor: Locator, title: str, body: str, *, group: str = "Public") -> None:
    editor.get_by_label("Title", exact=True).fill(title)
    editor.get_by_label("Body", exact=True).fill(body)
    editor.get_by_label("Access Group", exact=True).select_option(group)


def card(page: Page, title: str) -> Locator:
    """The update with this title."""
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=title, exact=True))


def validated_update(page: Page, title: str, **text: str) -> Locator:
    """Open the case as somebody who may do both, write an update and validate it; its card."""
    go(page, CASE)
    update = write_update(page, title, **text)
    act(update, "Validate").click()
    expect(act(update, "Send")).to_be_visible()
    return update


def open_case(page: Page, title: str) -> Locator:
    """Open the case and find the update with this title, as far down as it may stand by now; its card."""
    go(page, CASE)
    update, older = card(page, title), page.get_by_role("button", name="Show older updates")
    expect(update.or_(older).first).to_be_visible()
    while not update.count():
        shown = page.get_by_role("article").count()
        older.click()
        expect(page.get_by_role("article")).not_to_have_count(shown)
    return update


def act(update: Locator, name: str) -> Locator:
    """A button of an update: "Send", "Edit", "Reply", "Validate", "Show Recipients", …"""
    return update.get_by_role("button", name=name, exact=True)


def open_sending(update: Locator) -> Locator:
    """Press "Send" of an update; the dialog, with its recipients offered."""
    act(update, "Send").click()
    dialog = update.page.get_by_role("dialog", name="Send Update")
    expect(block(dialog, "Client Contacts")).to_be_visible()
    return dialog


def block(dialog: Locator, name: str) -> Locator:
    """A block of the recipient selector, whatever its count: "Client Contacts (4)"."""
    return dialog.get_by_role("button", name=re.compile(rf"^{name} \(\d+\)$"))


def tick(dialog: Locator, name: str) -> Locator:
    return dialog.get_by_role("checkbox", name=name, exact=True)


def choose(dialog: Locator, **people: str) -> None:
    """Expand blocks and tick one person in each: `choose(dialog, Client_Contacts="Client C.")`."""
    for group, person in people.items():
        block(dialog, group.replace("_", " ")).click()
        tick(dialog, person).click()
        expect(tick(dialog, person)).to_be_checked()


def send_to(update: Locator, note: str = "", **people: str) -> None:
    """The whole dialog: open it, choose, write the note, send."""
    dialog = open_sending(update)
    choose(dialog, **people)
    if note:
        dialog.get_by_label("Additional Note").fill(note)
    send_button(dialog).click()
    expect(dialog).to_be_hidden()


def send_button(dialog: Locator) -> Locator:
    return dialog.get_by_role("button", name="Send", exact=True)


def bell(page: Page) -> Locator:
    return page.get_by_role("banner").get_by_role("link", name="Notifications")


def unread(page: Page) -> int:
    """The unread count in the header now."""
    found = re.search(r"(\d+) unread", bell(page).inner_text())
    return int(found[1]) if found else 0


def expect_unread(page: Page, number: int) -> None:
    expect(bell(page)).to_contain_text(f"Notifications, {number} unread" if number else re.compile("Notifications$"))


def mails(mailbox: Page, title: str) -> Locator:
    """The mails in the open mailbox that bring the update with this title."""
    return mailbox.get_by_role("listitem").filter(has_text=f"2026-0142: {title}").get_by_role("button")


def recipient(update: Locator, name: str) -> Locator:
    """A person's line under the open "Show Recipients"."""
    return update.get_by_role("rowgroup").filter(has_text=name)


def shot(page: Page, name: str) -> None:
    """Pictures in light, dark and 390 px, in the folder CASEUPDATES_SHOTS names; nothing without it."""
    if not SHOTS:
        return
    wide = page.viewport_size
    page.evaluate("scrollTo(0, 0)")  # else the header stands in the middle of the picture
    for suffix, scheme, size in (
        ("light", "light", wide),
        ("dark", "dark", wide),
        ("390", "light", {"width": 390, "height": 844}),
    ):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.wait_for_timeout(200)  # colours fade
        over_the_page = page.get_by_role("dialog").or_(page.get_by_role("menu")).count()
        page.screenshot(path=Path(SHOTS) / f"{name}-{suffix}.png", full_page=not over_the_page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(wide)
