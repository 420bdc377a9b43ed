"""Live: what happens shows in every open browser that may see it, in no other, and catches up after a lost connection."""

import re

from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.conftest import Opener
from tests.browser.pages import CASE, NOTIFICATIONS, act, card, go
from tests.browser.server import Server

LOST = "Connection lost"
BACK = 20_000  # milliseconds until a page must be connected again
PAUSE = 800  # milliseconds: a draft is kept at every pause of 400
FAILED_REQUESTS = "WebSocket|ERR_|Failed to load"  # what Chromium logs about a server that is away


def test_an_update_shows_wherever_it_may_be_seen(person: Opener, title: str) -> None:
    names = ("investigator", "manager", "client", "outsider")
    investigator, manager, client, outsider = everybody = [person(name) for name in names]
    for page in everybody:
        go(page, CASE)

    pages.write_update(investigator, title, "First words.")
    expect(card(manager, title)).to_be_visible()
    expect(card(client, title)).to_have_count(0)

    act(card(manager, title), "Validate").click()
    expect(card(client, title)).to_be_visible()
    expect(card(investigator, title).get_by_text("Not validated")).to_have_count(0)

    _edit(manager, title, "Second words.")
    expect(card(investigator, title)).to_contain_text("Second words.")
    expect(card(investigator, title).get_by_text("Not validated")).to_be_visible()
    expect(card(client, title)).to_contain_text("First words.")

    act(card(manager, title), "Validate").click()
    expect(card(client, title)).to_contain_text("Second words.")

    pages.send_to(card(manager, title), Client_Contacts="Client C.")
    expect(card(investigator, title)).to_contain_text("Sent once · 1 recipient")
    expect(card(client, title).get_by_text("Sent once")).to_have_count(0)
    expect(outsider.get_by_text("Nothing here")).to_be_visible()
    expect(outsider.get_by_text(title)).to_have_count(0)


def test_staff_only_never_reaches_a_client(person: Opener, title: str) -> None:
    manager, client = person("manager"), person("client")
    go(client, CASE)
    staff_only = pages.validated_update(manager, f"{title}, for us", group="Staff only")
    pages.validated_update(manager, f"{title}, for all")  # once this has come, the other would have
    expect(card(client, f"{title}, for all")).to_be_visible()
    expect(card(client, f"{title}, for us")).to_have_count(0)
    go(client, str(staff_only.get_by_role("link", name=title).get_attribute("href")))
    expect(client.get_by_text("Nothing here")).to_be_visible()


def test_what_waits_for_validation_shows_under_notifications_and_in_the_list_of_cases(
    person: Opener, title: str
) -> None:
    investigator, manager, cases = person("investigator"), person("manager"), person("manager")
    go(manager, NOTIFICATIONS)
    go(cases, "/cases")
    expect(cases.get_by_role("listitem").first).to_be_visible()
    before = pages.unread(manager)
    go(investigator, CASE)
    pages.write_update(investigator, title)
    expect(card(manager, title)).to_contain_text("waits for validation")
    pages.expect_unread(manager, before + 1)
    pages.expect_unread(cases, before + 1)
    expect(cases.get_by_role("listitem").first).to_contain_text("2026-0142")
    expect(cases.get_by_role("listitem").first).to_contain_text("to validate")


def test_a_notification_read_in_one_browser_is_read_in_the_other(person: Opener, title: str) -> None:
    manager, here, there = person("manager"), person("client"), person("client", anew=True)
    pages.send_to(pages.validated_update(manager, title), Client_Contacts="Client C.")
    for page in (here, there):
        go(page, NOTIFICATIONS)
        expect(card(page, title).get_by_text("Unread", exact=True)).to_be_attached()
    here.get_by_role("button", name="Mark all read").click()
    for page in (here, there):
        expect(card(page, title).get_by_text("Unread", exact=True)).to_have_count(0)
        pages.expect_unread(page, 0)


def test_signing_out_in_one_tab_takes_the_other_along(person: Opener) -> None:
    here = person("administrator", anew=True)
    there = here.context.new_page()
    for page in (here, there):
        go(page, CASE)
    here.get_by_role("button", name="Menu of Administrator A.").click()
    here.get_by_role("menuitem", name="Sign out").click()
    for page in (here, there):
        expect(page).to_have_url(re.compile("/sign-in"))


def test_a_lost_connection_is_said_and_made_good(person: Opener, title: str) -> None:
    investigator, manager = person("investigator"), person("manager", may_log=FAILED_REQUESTS)
    line = _Line(manager)
    go(manager, CASE)
    go(investigator, CASE)
    expect(manager.get_by_role("article").first).to_be_visible()
    expect(manager.get_by_text(LOST)).to_have_count(0)

    line.cut()
    expect(manager.get_by_text(LOST)).to_be_visible()
    pages.write_update(investigator, title)
    expect(card(manager, title)).to_have_count(0)

    line.mend()
    expect(card(manager, title)).to_be_visible(timeout=BACK)
    expect(manager.get_by_text(LOST)).to_have_count(0)


def test_what_is_typed_while_the_connection_is_lost_is_kept(person: Opener, title: str) -> None:
    page = person("investigator", may_log=FAILED_REQUESTS)
    line = _Line(page)
    go(page, CASE)
    editor = pages.open_editor(page)
    pages.type_update(editor, title, "Before the cut.")
    expect(editor.get_by_text("Draft kept")).to_be_visible()

    line.cut()
    expect(page.get_by_text(LOST)).to_be_visible()
    editor.get_by_label("Body", exact=True).press_sequentially(" During the cut.")
    line.mend()
    expect(page.get_by_text(LOST)).to_have_count(0, timeout=BACK)
    expect(editor.get_by_label("Body", exact=True)).to_have_value("Before the cut. During the cut.")
    editor.get_by_role("button", name="Save Update").click()
    expect(card(page, title)).to_contain_text("Before the cut. During the cut.")


def test_a_server_that_was_killed_is_found_again_with_the_draft(person: Opener, server: Server, title: str) -> None:
    manager = person("manager", may_log=FAILED_REQUESTS)
    go(manager, CASE)
    editor = pages.open_editor(manager)
    pages.type_update(editor, title, "Written before the power went.")
    manager.wait_for_timeout(PAUSE)
    expect(editor.get_by_text("Draft kept")).to_be_visible()

    server.kill()
    expect(manager.get_by_text(LOST)).to_be_visible()
    server.start()
    expect(manager.get_by_text(LOST)).to_have_count(0, timeout=BACK)
    pages.open_editor(manager)
    expect(editor.get_by_label("Body", exact=True)).to_have_value("Written before the power went.")
    editor.get_by_role("button", name="Save Update").click()
    expect(card(manager, title)).to_contain_text("Written before the power went.")


class _Line:
    """The wire between a page and the server, to be cut: Chromium's offline mode leaves sockets open."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script("""
            const sockets = new Set();
            window.WebSocket = class extends WebSocket {
                constructor(...given) {
                    super(...given);
                    sockets.add(this);
                    if (window.isCut) queueMicrotask(() => this.close());
                }
            };
            window.cut = () => { window.isCut = true; sockets.forEach(each => each.close()); };
        """)

    def cut(self) -> None:
        self._page.evaluate("cut()")

    def mend(self) -> None:
        self._page.evaluate("window.isCut = false")


def _edit(page: Page, title: str, body: str) -> None:
    act(card(page, title), "Edit").click()
    editor = page.get_by_role("dialog", name="Edit Update")
    editor.get_by_label("Body", exact=True).fill(body)
    editor.get_by_role("button", name="Save Update").click()
    expect(editor).to_be_hidden()
