"""The first visit to an empty installation: the console's token makes the first administrator, once."""

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import inspect
from tests.browser.conftest import Opener
from tests.browser.pages import go
from tests.browser.server import Server

GIVEN = {"Firm": "Quay & Sons", "Your name": "Ada First", "Email": "ada@example.com", "Password": "three plain words"}


def test_the_consoles_token_makes_the_first_administrator_once(empty_server: Server, visitor: Opener) -> None:
    address = re.search(r"https://\S+/welcome\?token=(\w+)", empty_server.log)
    assert address, "the console does not say where to begin"
    page = visitor(base_url=empty_server.url, may_log="404")
    _is_led_to_welcome(page)
    inspect(page, "welcome")
    _a_wrong_token_is_refused(page)

    go(page, address[0])
    expect(page.get_by_label("Welcome token")).to_have_value(address[1])
    _fill_in(page)
    page.get_by_role("button", name="Create administrator").click()
    expect(page).to_have_url(re.compile("/cases$"))
    expect(page.get_by_role("banner")).to_contain_text("Quay & Sons")
    expect(page.get_by_text("No cases yet")).to_be_visible()
    inspect(page, "cases-first-day")
    _opens_the_first_case(page)

    _is_closed(visitor(base_url=empty_server.url), address[0])


def _is_led_to_welcome(page: Page) -> None:
    go(page, "/")
    expect(page).to_have_url(re.compile("/welcome$"))
    expect(page.get_by_label("Welcome token")).to_be_visible()


def _a_wrong_token_is_refused(page: Page) -> None:
    _fill_in(page)
    page.get_by_label("Welcome token").fill("not-the-token")
    page.get_by_role("button", name="Create administrator").click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    for label, value in GIVEN.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(value)


def _fill_in(page: Page) -> None:
    for label, value in GIVEN.items():
        page.get_by_label(label, exact=True).fill(value)


def _opens_the_first_case(page: Page) -> None:
    """Of the first client, whose name is typed with it: there is none to choose yet."""
    page.get_by_role("button", name="Open a case").click()
    dialog = page.get_by_role("dialog", name="New Case")
    expect(dialog.get_by_label("Client", exact=True)).to_have_value("new")
    dialog.get_by_label("Title", exact=True).fill("The first case")
    dialog.get_by_label("Type", exact=True).fill("Audit")
    dialog.get_by_label("Name of the new client").fill("First Client Ltd")
    dialog.get_by_role("button", name="Open case").click()
    expect(page.get_by_role("heading", name="The first case")).to_be_visible()
    expect(page.get_by_text("First Client Ltd")).to_be_visible()


def _is_closed(page: Page, address: str) -> None:
    go(page, address)
    expect(page.get_by_text("This page is closed")).to_be_visible()
    expect(page.get_by_label("Welcome token")).to_have_count(0)
