"""The main job without a mouse: focus is always seen, stays in the dialog, and returns to where it was."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.conftest import Opener
from tests.browser.pages import CASE, PASSWORD, act, card, go, recipient, tick

FAR = 80  # presses of Tab within which everything must be reached
SENT = "Interim report, first week"


def test_the_main_job_by_keyboard_alone(visitor: Opener, title: str) -> None:
    investigator, manager = visitor(), visitor()
    _sign_in(investigator, "investigator")
    _write(investigator, title)
    _sign_in(manager, "manager")
    _open_case(manager)
    update = card(manager, title)
    _press(act(update, "Validate"))
    expect(act(update, "Validate")).to_have_count(0)
    _send(update)
    expect(update).to_contain_text("Sent once · 2 recipients")
    _press(act(update, "Show Recipients"))
    expect(recipient(update, "Client C.")).to_be_visible()


def test_escape_closes_a_dialog_and_focus_returns(person: Opener) -> None:
    page = person("manager")
    send, new = act(pages.open_case(page, SENT), "Send"), page.get_by_role("button", name="New", exact=True)
    _press(send)
    expect(page.get_by_role("dialog", name="Send Update")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(send).to_be_focused()

    new.focus()
    _new_update(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(new).to_be_focused()


def test_tab_never_leaves_a_dialog(person: Opener) -> None:
    page = person("manager")
    _press(act(pages.open_case(page, SENT), "Send"))
    dialog = page.get_by_role("dialog", name="Send Update")
    expect(pages.block(dialog, "Client Contacts")).to_be_visible()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(25):  # more than the dialog has to stop at
            page.keyboard.press(key)
            expect(dialog.locator(":focus")).to_have_count(1)


def test_a_slash_focuses_the_search_and_is_typed_where_one_types(person: Opener) -> None:
    page = _case(person)
    search = page.get_by_role("searchbox", name="Search cases")
    page.keyboard.press("/")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    page.keyboard.type("a/b")
    expect(search).to_have_value("a/b")
    search.fill("harbour")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("search=harbour"))
    expect(page.get_by_role("listitem")).to_have_count(1)


def test_the_first_tab_skips_to_the_content(person: Opener) -> None:
    page = _case(person)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").locator(":focus")).to_have_count(1)


def test_the_tabs_of_a_case_move_by_arrows(person: Opener) -> None:
    page = _case(person)
    _reach(page.get_by_role("tab", name="Updates"))
    for name in ("Files", "Assigned", "History"):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name=name)).to_be_focused()
        _sees_focus(page)
        expect(page.get_by_role("tabpanel", name=name)).to_be_visible()


def test_the_menu_of_a_person_works_by_arrows(person: Opener) -> None:
    page = _case(person)
    menu = page.get_by_role("button", name="Menu of Manager G.")
    _press(menu)
    expect(page.get_by_role("menuitem", name="Notifications")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Preferences")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/profile/preferences"))


def _sign_in(page: Page, name: str) -> None:
    go(page, "/sign-in")
    expect(page.get_by_label("Email", exact=True)).to_be_focused()
    page.keyboard.type(f"{name}@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()


def _open_case(page: Page) -> None:
    _press(page.get_by_role("link", name="Warehouse losses"))
    expect(page.get_by_role("article").first).to_be_visible()


def _write(page: Page, title: str) -> None:
    _open_case(page)
    _reach(page.get_by_role("button", name="New", exact=True))
    _new_update(page)
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type(title)
    _reach(page.get_by_label("Body", exact=True))
    page.keyboard.type("Seen without a mouse.")
    _press(page.get_by_role("button", name="Save Update"))
    expect(card(page, title)).to_be_visible()


def _new_update(page: Page) -> None:
    """From the focused "New": open the menu, take its first item."""
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Update")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="New Update")).to_be_visible()


def _send(update: Locator) -> None:
    _press(act(update, "Send"))
    dialog = update.page.get_by_role("dialog", name="Send Update")
    for block, name in (("Client Contacts", "Client C."), ("Investigators", "Investigator S.")):
        opener = pages.block(dialog, block)
        _press(opener)
        expect(opener).to_have_attribute("aria-expanded", "true")
        _press(tick(dialog, name), key="Space")
        expect(tick(dialog, name)).to_be_checked()
    expect(dialog.get_by_text("2 recipients", exact=True)).to_be_visible()
    _reach(dialog.get_by_label("Additional Note"))
    update.page.keyboard.type("By keyboard.")
    _press(pages.send_button(dialog))
    expect(dialog).to_be_hidden()
    expect(act(update, "Send")).to_be_focused()


def _case(person: Opener) -> Page:
    page = person("manager")
    go(page, CASE)
    expect(page.get_by_role("article").first).to_be_visible()
    return page


def _press(target: Locator, *, key: str = "Enter") -> None:
    _reach(target)
    target.page.keyboard.press(key)


def _reach(target: Locator) -> None:
    """Press Tab until the target has the focus, and see that it shows."""
    expect(target).to_be_visible()
    for _ in range(FAR):
        if target.evaluate("each => each === document.activeElement"):
            _sees_focus(target.page)
            return
        target.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def _sees_focus(page: Page) -> None:
    """An outline on what has the focus, or on what stands for it."""
    seen = page.evaluate("""() => {
        const drawn = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        const focused = document.activeElement;
        return [null, "::before", "::after"].some(part => drawn(getComputedStyle(focused, part)))
            || [...focused.children].some(child => drawn(getComputedStyle(child)));
    }""")
    assert seen, "the focus cannot be seen on " + page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
