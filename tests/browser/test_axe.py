"""Everybody can use it: axe-core finds nothing on any page, open dialog or menu, in light and in dark."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.axe import inspect
from tests.browser.conftest import Opener
from tests.browser.pages import CASE, NOTIFICATIONS, act, go

SENT = "Interim report, first week"  # the demo firm's update that has been sent
PAGES = {
    # name: who (nobody: not signed in), path, words that are there once it is loaded
    "sign-in": ("", "/sign-in", "Password"),
    "welcome-closed": ("", "/welcome", "This page is closed"),
    "nothing-here": ("", "/no-such-page", "Nothing here"),
    "cases": ("manager", "/cases", "Harbour Street tenancy"),
    "cases-no-match": ("manager", "/cases?search=nowhere", "No case matches"),
    "cases-empty": ("colleague", "/cases", "No cases yet"),
    "case-manager": ("manager", CASE, "Print"),
    "case-investigator": ("investigator", CASE, "Print"),
    "case-client": ("client", CASE, "Print"),
    "case-refused": ("outsider", CASE, "Nothing here"),
    "update": ("manager", f"{CASE}/updates/3", SENT),
    "update-refused": ("client", f"{CASE}/updates/2", "Nothing here"),
    "notifications-empty": ("colleague", NOTIFICATIONS, "No notifications yet"),
    "preferences": ("client", "/profile/preferences", "Delivery failed"),
    "settings-delivery": ("administrator", "/settings/delivery", "Mail goes to the local mailbox"),
    "security": ("client", "/profile/security", "This browser"),
    "mailbox": ("", "/mailbox", "Choose a mail"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible(person: Opener, visitor: Opener, name: str) -> None:
    who, path, words = PAGES[name]
    page = person(who) if who else visitor(may_log="404" if name == "nothing-here" else "(?!)")
    go(page, path)
    expect(page.get_by_text(words).first).to_be_visible()
    inspect(page, name)


@pytest.mark.parametrize("tab", ["Files", "Assigned", "History"])
def test_a_tab_of_a_case_is_accessible(person: Opener, tab: str) -> None:
    page = _case(person("manager"))
    page.get_by_role("tab", name=tab).click()
    expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()
    inspect(page, f"case-{tab.lower()}")


def test_show_recipients_is_accessible(person: Opener) -> None:
    page = person("manager")
    update = pages.open_case(page, SENT)
    act(update, "Show Recipients").click()
    expect(pages.recipient(update, "Partner C.").first).to_be_visible()
    inspect(page, "recipients")


def test_a_notification_is_accessible_closed_and_open(person: Opener) -> None:
    page = person("manager")
    go(page, NOTIFICATIONS)
    notice = page.get_by_role("article").last
    expect(notice).to_be_visible()
    inspect(page, "notifications")
    notice.get_by_role("button").click()
    expect(notice.get_by_role("link", name="Open the update")).to_be_visible()
    inspect(page, "notification-open")


def test_the_menus_are_accessible(person: Opener) -> None:
    page = _case(person("manager"))
    for name, button in (("menu-new", "New"), ("menu-person", "Menu of Manager G.")):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("menu")).to_be_visible()
        inspect(page, name)
        page.keyboard.press("Escape")


def test_the_editor_is_accessible_writing_refusing_and_previewing(person: Opener) -> None:
    page = _case(person("manager"))
    editor = pages.open_editor(page)
    expect(editor).to_be_visible()
    inspect(page, "editor")
    editor.get_by_role("button", name="Save Update").click()
    expect(editor.get_by_role("alert")).not_to_be_empty()
    inspect(page, "editor-refused")
    editor.get_by_label("Body", exact=True).fill("**Two** vehicles:\n\n- a van\n- an estate\n\n> seen twice")
    editor.get_by_role("radio", name="Preview").click()
    expect(editor.get_by_role("region", name="Preview")).to_contain_text("a van")
    inspect(page, "editor-preview")


def test_the_send_dialog_is_accessible_folded_unfolded_and_previewing(person: Opener) -> None:
    page = person("manager")
    dialog = pages.open_sending(pages.open_case(page, SENT))
    inspect(page, "send")
    pages.choose(dialog, Client_Contacts="Client C.", Investigators="Investigator R.", Unassigned_Staff="Analyst D.")
    pages.block(dialog, "Distribution Groups").click()
    inspect(page, "send-unfolded")
    dialog.get_by_label("Find a person").fill("nobody at all")
    expect(dialog.get_by_text("Nobody here has these letters")).to_be_visible()
    inspect(page, "send-nobody-found")
    dialog.get_by_label("Find a person").fill("")
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog.get_by_label("Preview as")).to_be_visible()
    inspect(page, "send-preview")


def test_the_mailbox_is_accessible_with_a_mail_open_and_without_any(visitor: Opener) -> None:
    page = visitor()
    go(page, "/mailbox")
    pages.mails(page, SENT).first.click()
    for view in ("As sent", "Plain text"):
        page.get_by_role("radio", name=view).click()
        inspect(page, f"mail-{view.lower().replace(' ', '-')}")
    page.get_by_label("Search mail").fill("nobody wrote this")
    expect(page.get_by_text("No mail", exact=True)).to_be_visible()
    inspect(page, "mailbox-empty")


def _case(page: Page) -> Page:
    go(page, CASE)
    expect(page.get_by_role("article").first).to_be_visible()
    return page
