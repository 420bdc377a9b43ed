"""By thumb, 390 px wide and down to 320: nothing scrolls sideways, the act is in sight, targets are large enough."""

import pytest
from playwright.sync_api import expect

from tests.browser import pages
from tests.browser.conftest import Opener
from tests.browser.narrow import PHONE, fills_the_screen, fits, is_by_thumb
from tests.browser.pages import CASE, NOTIFICATIONS, act, go

SENT = "Interim report, first week"
PAGES = {
    # path: who (nobody: not signed in), words that are there once it is loaded
    "/sign-in": ("", "Password"),
    "/welcome": ("", "This page is closed"),
    "/cases": ("manager", "Harbour Street tenancy"),
    "/cases?search=nowhere": ("manager", "No case matches"),
    CASE: ("manager", "Print"),
    f"{CASE}/updates/3": ("manager", SENT),
    f"{CASE}/updates/999": ("manager", "Nothing here"),
    NOTIFICATIONS: ("manager", "waits for validation"),
    "/profile/preferences": ("manager", "Delivery failed"),
    "/settings/delivery": ("administrator", "Mail goes to the local mailbox"),
    "/profile/security": ("manager", "This browser"),
    "/mailbox": ("", SENT),
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(person: Opener, visitor: Opener, path: str) -> None:
    who, words = PAGES[path]
    page = person(who, **PHONE) if who else visitor(**PHONE)
    go(page, path)
    expect(page.get_by_text(words).first).to_be_visible()
    fits(page)


def test_a_case_fits_with_every_tab_and_its_recipients(person: Opener) -> None:
    page = person("manager", **PHONE)
    update = pages.open_case(page, SENT)
    act(update, "Show Recipients").tap()
    expect(pages.recipient(update, "Partner C.").first).to_be_visible()
    fits(page)
    for tab in ("Files", "Assigned", "History"):
        page.get_by_role("tab", name=tab).tap()
        expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()
        fits(page)


def test_the_acts_of_a_case_are_large_enough_for_a_thumb(person: Opener) -> None:
    page = person("manager", **PHONE)
    validate = act(pages.open_case(page, "Night two: the side gate again"), "Validate")
    for button in (validate, page.get_by_role("button", name="New", exact=True)):
        button.scroll_into_view_if_needed()
        is_by_thumb(button)


def test_a_notification_and_a_mail_fit_when_they_are_open(person: Opener, visitor: Opener) -> None:
    page, mailbox = person("manager", **PHONE), visitor(**PHONE)
    go(page, NOTIFICATIONS)
    page.get_by_role("article").last.get_by_role("button").tap()
    expect(page.get_by_role("link", name="Open the update")).to_be_visible()
    fits(page)
    go(mailbox, "/mailbox")
    pages.mails(mailbox, SENT).first.tap()
    expect(mailbox.frame_locator("iframe[title=Mail]").get_by_text("five nights")).to_be_visible()
    fits(mailbox)
    mailbox.get_by_role("button", name="All mail").tap()
    expect(pages.mails(mailbox, SENT).first).to_be_visible()


def test_the_editor_fills_the_screen_with_save_in_sight(person: Opener) -> None:
    page = person("manager", **PHONE)
    go(page, CASE)
    page.get_by_role("button", name="New", exact=True).tap()
    page.get_by_role("menuitem", name="Update").tap()
    editor = page.get_by_role("dialog", name="New Update")
    editor.get_by_label("Body", exact=True).fill("A line of an update.\n" * 80)
    fills_the_screen(editor)
    is_by_thumb(editor.get_by_role("button", name="Save Update"))
    fits(page)


def test_sending_takes_two_steps_with_the_act_in_sight(person: Opener) -> None:
    page = person("manager", **PHONE)
    act(pages.open_case(page, SENT), "Send").tap()
    dialog = page.get_by_role("dialog", name="Send Update")
    next_step, send = dialog.get_by_role("button", name="Next"), pages.send_button(dialog)
    expect(next_step).to_be_disabled()
    expect(send).to_be_hidden()
    fills_the_screen(dialog)
    for block in ("Client Contacts", "Investigators", "Additional Employees", "Unassigned Staff"):
        pages.block(dialog, block).tap()
    pages.tick(dialog, "Analyst D.").tap()  # the last block: the list has scrolled, the act has not
    expect(dialog.get_by_text("1 recipient", exact=True)).to_be_visible()
    is_by_thumb(next_step)
    fits(page)
    next_step.tap()
    expect(dialog.get_by_label("Additional Note")).to_be_visible()
    expect(pages.tick(dialog, "Analyst D.")).to_be_hidden()
    for button in (send, dialog.get_by_role("button", name="Back"), dialog.get_by_role("button", name="Preview")):
        is_by_thumb(button)
    fits(page)
    dialog.get_by_role("button", name="Preview").tap()
    expect(dialog.get_by_label("Preview as")).to_be_visible()
    is_by_thumb(send)
    fits(page)
    dialog.get_by_role("button", name="Back", exact=True).tap()
    expect(pages.tick(dialog, "Analyst D.")).to_be_checked()
