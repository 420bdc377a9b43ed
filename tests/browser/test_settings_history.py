"""History on a case and for the firm: searched, filtered, live, kept as a table; and nothing in it can be changed."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.axe import inspect
from tests.browser.conftest import Opener
from tests.browser.pages import CASE, go

FIRM = "/settings/history"


def test_the_history_of_a_case_is_searched_filtered_and_kept(person: Opener, title: str) -> None:
    manager, investigator = person("manager"), person("investigator")
    go(manager, CASE)
    tab = _open_tab(manager)
    go(investigator, CASE)
    pages.write_update(investigator, title)
    line = tab.get_by_role("listitem").filter(has_text=title)
    expect(line).to_contain_text("Investigator R. · update written")  # live
    expect(line).to_contain_text("127.0.0.1")
    inspect(manager, "case-history")
    tab.get_by_role("button", name="Sending").click()
    expect(line).to_have_count(0)
    expect(tab.get_by_role("button", name="Sending")).to_have_attribute("aria-pressed", "true")
    tab.get_by_role("searchbox", name="Search history").fill("nobody did this")
    expect(tab.get_by_text("No line matches")).to_be_visible()
    tab.get_by_role("button", name="All").click()
    tab.get_by_role("searchbox", name="Search history").fill(f"{title} written")
    expect(tab.get_by_role("listitem")).to_have_count(1)
    rows = _download(manager, tab)
    assert [(row["Who"], row["What"], row["About"], row["Case"]) for row in rows] == [
        ("Investigator R.", "update written", title, "2026-0142")
    ]


def test_the_firms_history_leads_to_each_case_and_follows_what_is_done(person: Opener, title: str) -> None:
    administrator, manager = person("administrator"), person("manager")
    go(administrator, FIRM)
    lines = administrator.get_by_role("listitem")
    expect(lines.first).to_be_visible()
    inspect(administrator, "settings-history")
    pages.validated_update(manager, title)
    line = lines.filter(has_text=title).filter(has_text="update validated")
    expect(line).to_contain_text("Manager G.")
    administrator.get_by_role("searchbox", name="Search history").fill(f"0142 manager {title}")
    expect(lines.filter(has_text="update validated")).to_have_count(1)
    line.get_by_role("link", name="2026-0142").click()
    expect(administrator.get_by_role("heading", name="Warehouse losses, Quay Street")).to_be_visible()


def test_the_history_is_used_by_keyboard(person: Opener) -> None:
    page = person("administrator")
    go(page, FIRM)
    page.get_by_role("searchbox", name="Search history").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Download as CSV")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    updates = page.get_by_role("button", name="Updates", exact=True)
    expect(updates).to_be_focused()
    page.keyboard.press("Enter")
    expect(updates).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("listitem").first).to_contain_text("update")


def test_nobody_who_may_not_view_it_has_the_tab(person: Opener) -> None:
    page = person("client")
    go(page, CASE)
    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.get_by_role("tab", name="History")).to_have_count(0)
    expect(page.get_by_text("You may not do this")).to_have_count(0)


def _open_tab(page: Page) -> Locator:
    page.get_by_role("tab", name="History").click()
    tab = page.get_by_role("tabpanel", name="History")
    expect(tab.get_by_role("listitem").first).to_be_visible()
    return tab


def _download(page: Page, tab: Locator) -> list[dict[str, str]]:
    with page.expect_download() as started:
        tab.get_by_role("link", name="Download as CSV").click()
    content = Path(started.value.path()).read_bytes().decode("utf-8-sig")
    assert started.value.suggested_filename == "history-2026-0142.csv"
    return list(csv.DictReader(io.StringIO(content)))
