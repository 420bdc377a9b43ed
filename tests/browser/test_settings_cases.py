"""Cases are opened, people put on them and taken off again; everybody sees it in a browser of their own, at once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.axe import check_axe, inspect
from tests.browser.conftest import Opener
from tests.browser.narrow import PHONE, fills_the_screen, fits, is_by_thumb
from tests.browser.pages import CASE, NOTIFICATIONS, go
from tests.browser.test_keyboard import _press as press
from tests.browser.test_keyboard import _reach as reach

OTHER = "/cases/2026-0137"  # a case that no other journey counts the people of


def test_a_case_is_opened_and_staffed_and_everybody_concerned_sees_it_at_once(person: Opener, title: str) -> None:
    manager, investigator, client, outsider = (
        person(each) for each in ("manager", "investigator", "client", "outsider")
    )
    for page, path in ((investigator, "/cases"), (client, "/cases"), (outsider, "/cases"), (manager, "/cases")):
        go(page, path)
        expect(page.get_by_role("listitem").first).to_be_visible()

    path = _open_case(manager, title)
    _assign(manager, "Investigator R.", "Client C.", "Paralegal P.", primary="Client C.")
    for page in (investigator, client):
        expect(page.get_by_role("listitem").filter(has_text=title)).to_be_visible()
    expect(outsider.get_by_role("listitem").filter(has_text=title)).to_have_count(0)

    row = _on_case(manager, "Investigator R.")
    expect(row).to_contain_text("Last viewed: never")
    investigator.get_by_role("link", name=title).click()
    expect(investigator.get_by_role("heading", name=title)).to_be_visible()
    expect(row).to_contain_text(re.compile(r"Last viewed: today \d\d:\d\d"))
    expect(_on_case(manager, "Paralegal P.")).to_contain_text("Last viewed: never")
    _sees_no_people(client, title)
    _was_told(client, path)

    _is_taken_off(manager, investigator)
    _is_closed_and_opened_again(manager)


def _open_case(page: Page, title: str) -> str:
    """Open a case with the number that is suggested; its path."""
    dialog = _new_case(page)
    expect(dialog.get_by_label("Case number")).to_have_value(re.compile(r"^\d{4}-0\d{3}$"))
    dialog.get_by_role("button", name="Open case").click()
    expect(dialog.get_by_role("alert")).to_have_text("Please give the case a title.")
    dialog.get_by_label("Title", exact=True).fill(title)
    dialog.get_by_label("Type", exact=True).fill("Audit")
    dialog.get_by_role("button", name="Open case").click()
    expect(dialog.get_by_role("alert")).to_have_text("Please choose the client the case is worked for.")
    expect(dialog.get_by_label("Title", exact=True)).to_have_value(title)
    dialog.get_by_label("Client", exact=True).select_option("Meridian Freight Ltd")
    number = dialog.get_by_label("Case number").input_value()
    dialog.get_by_role("button", name="Open case").click()
    expect(page).to_have_url(re.compile(f"/cases/{number}$"))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return f"/cases/{number}"


def _assign(page: Page, *names: str, primary: str) -> None:
    page.get_by_role("tab", name="Assigned").click()
    expect(page.get_by_text("Nobody is assigned yet")).to_be_visible()
    dialog = _open_assigning(page)
    expect(pages.tick(dialog, "Outsider O.")).to_have_count(0)
    dialog.get_by_label("Find a person").fill("meridian")
    expect(pages.tick(dialog, "Colleague S.")).to_have_count(0)
    for name in names:
        dialog.get_by_label("Find a person").fill(name)
        pages.tick(dialog, name).click()
        expect(pages.tick(dialog, name)).to_be_checked()
        if name == primary:
            pages.tick(dialog, f"Primary: {name}").click()
            expect(pages.tick(dialog, f"Primary: {name}")).to_be_checked()
    expect(dialog.get_by_text(f"{len(names)} people", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Assign", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(_on_case(page, primary)).to_contain_text("Primary")


def _sees_no_people(client: Page, title: str) -> None:
    client.get_by_role("link", name=title).click()
    expect(client.get_by_role("tab", name="Files")).to_be_visible()
    for name in ("Assigned", "More", "New"):
        expect(
            client.get_by_role("tab", name=name).or_(client.get_by_role("button", name=name, exact=True))
        ).to_have_count(0)
    expect(client.get_by_text("Investigator R.")).to_have_count(0)


def _was_told(client: Page, path: str) -> None:
    number = path.rpartition("/")[2]
    go(client, NOTIFICATIONS)
    notice = pages.card(client, f"You were assigned to {number} as Client Contact")
    notice.get_by_role("button").first.click()
    expect(notice.get_by_role("link", name="Open the case")).to_have_attribute("href", path)


def _is_taken_off(manager: Page, investigator: Page) -> None:
    """The question is asked first; then the page they have open is theirs no more."""
    row = _on_case(manager, "Investigator R.")
    for answer in ("Cancel", "Remove"):
        _row_menu(manager, "Investigator R.", "Remove")
        question = manager.get_by_role("alertdialog")
        expect(question).to_contain_text("They no longer see this case.")
        expect(investigator.get_by_text("Nothing here")).to_have_count(0)
        question.get_by_role("button", name=answer).click()
        expect(question).to_have_count(0)
    expect(row).to_have_count(0)
    expect(investigator.get_by_text("Nothing here")).to_be_visible()


def _is_closed_and_opened_again(page: Page) -> None:
    _more(page, "Close case")
    page.get_by_role("alertdialog").get_by_role("button", name="Close case").click()
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()
    _more(page, "Reopen case")
    expect(page.get_by_text("Open", exact=True)).to_be_visible()
    _more(page, "Edit case")
    dialog = page.get_by_role("dialog", name="Edit Case")
    dialog.get_by_label("Type", exact=True).fill("Stock audit")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Stock audit")).to_be_visible()


def test_people_move_between_groups_and_the_primary_with_them(person: Opener) -> None:
    page, watching = person("manager"), person("administrator")
    for each in (page, watching):
        _go_assigned(each, OTHER)
    _row_menu(page, "Investigator S.", "Move to Salesperson")
    for each in (page, watching):
        expect(each.get_by_role("region", name="Salespeople")).to_contain_text("Investigator S.")
        expect(_on_case(each, "Investigator S.")).not_to_contain_text("Primary")
    _row_menu(page, "Investigator S.", "Make primary")
    for each in (page, watching):
        expect(_on_case(each, "Investigator S.")).to_contain_text("Primary")
    _row_menu(page, "Investigator S.", "Move to Investigator")
    expect(watching.get_by_role("region", name="Investigators")).to_contain_text("Investigator S.")


def test_the_pages_and_dialogs_are_accessible(person: Opener) -> None:
    page = person("administrator")
    go(page, "/cases")
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.get_by_role("menu")).to_be_visible()
    inspect(page, "menu-new-case")
    page.keyboard.press("Escape")
    dialog = _new_case(page)
    dialog.get_by_label("Client", exact=True).select_option("New client…")
    expect(dialog.get_by_label("Name of the new client")).to_be_visible()
    dialog.get_by_role("button", name="Open case").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    inspect(page, "new-case-refused")

    _go_assigned(page, OTHER)
    page.get_by_role("button", name="Actions for Manager G.").click()
    expect(page.get_by_role("menu")).to_be_visible()
    inspect(page, "assigned-menu")
    page.get_by_role("menuitem", name="Remove").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    inspect(page, "assigned-remove")
    page.keyboard.press("Escape")
    dialog = _open_assigning(page)
    pages.tick(dialog, "Colleague S.").click()
    expect(dialog.get_by_label("Group of Colleague S.")).to_have_value("Investigator")
    inspect(page, "assign")
    dialog.get_by_label("Find a person").fill("nobody at all")
    expect(dialog.get_by_text("Nobody who can be assigned has these letters")).to_be_visible()
    check_axe(page)


def test_a_case_is_opened_and_staffed_by_keyboard_alone(person: Opener, title: str) -> None:
    page = person("manager")
    go(page, "/cases")
    press(page.get_by_role("button", name="New", exact=True))
    expect(page.get_by_role("menuitem", name="Case")).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="New Case")
    expect(dialog.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type(title)
    reach(dialog.get_by_label("Type", exact=True))
    page.keyboard.type("Audit")
    reach(dialog.get_by_label("Client", exact=True))
    page.keyboard.type("Meridian")
    page.keyboard.press("Enter")  # sends the form from a field of one line; a select lets it be
    press(dialog.get_by_role("button", name="Open case"))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(dialog).to_have_count(0)  # until then the focus is still to go back

    reach(page.get_by_role("tab", name="Updates"))
    for name in ("Files", "Assigned"):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name=name)).to_be_focused()
    press(page.get_by_role("tabpanel", name="Assigned").get_by_role("button", name="Assign people"))
    dialog = page.get_by_role("dialog", name="Assign people")
    expect(dialog.get_by_label("Find a person")).to_be_focused()
    page.keyboard.type("colleague")
    expect(pages.tick(dialog, "Analyst D.")).to_have_count(0)
    press(pages.tick(dialog, "Colleague S."), key="Space")
    expect(pages.tick(dialog, "Colleague S.")).to_be_checked()
    press(pages.tick(dialog, "Primary: Colleague S."), key="Space")
    expect(pages.tick(dialog, "Primary: Colleague S.")).to_be_checked()
    press(dialog.get_by_role("button", name="Assign", exact=True))
    expect(_on_case(page, "Colleague S.")).to_contain_text("Primary")


def test_it_all_fits_a_phone(person: Opener) -> None:
    page = person("manager", **PHONE)
    go(page, "/cases")
    is_by_thumb(page.get_by_role("button", name="New", exact=True))
    fits(page)
    dialog = _new_case(page)
    fills_the_screen(dialog)
    is_by_thumb(dialog.get_by_role("button", name="Open case"))
    fits(page)
    _go_assigned(page, CASE)
    is_by_thumb(page.get_by_role("button", name="Actions for Client C."))
    fits(page)
    dialog = _open_assigning(page)
    pages.tick(dialog, "Colleague S.").tap()
    expect(dialog.get_by_label("Group of Colleague S.")).to_be_visible()
    fills_the_screen(dialog)
    is_by_thumb(dialog.get_by_role("button", name="Assign", exact=True))
    fits(page)


@pytest.mark.parametrize("name", ["investigator", "client"])
def test_who_may_not_assign_is_offered_nothing(person: Opener, name: str) -> None:
    page = person(name)
    go(page, "/cases")
    expect(page.get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_role("button", name="New", exact=True)).to_have_count(0)
    go(page, CASE)
    expect(page.get_by_role("article").first).to_be_visible()
    for act in ("More", "Assign people"):
        expect(page.get_by_role("button", name=act)).to_have_count(0)
    if name == "investigator":
        page.get_by_role("tab", name="Assigned").click()
        expect(_on_case(page, "Client C.")).to_be_visible()
        expect(page.get_by_role("button", name="Actions for")).to_have_count(0)


def _new_case(page: Page) -> Locator:
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_role("menuitem", name="Case").click()
    dialog = page.get_by_role("dialog", name="New Case")
    expect(dialog).to_be_visible()
    return dialog


def _go_assigned(page: Page, path: str) -> None:
    go(page, path)
    page.get_by_role("tab", name="Assigned").click()
    expect(_on_case(page, "Manager G.")).to_be_visible()


def _open_assigning(page: Page) -> Locator:
    page.get_by_role("tabpanel", name="Assigned").get_by_role("button", name="Assign people").click()
    dialog = page.get_by_role("dialog", name="Assign people")
    expect(dialog.get_by_role("checkbox").first).to_be_visible()
    return dialog


def _on_case(page: Page, name: str) -> Locator:
    """Somebody's row in the tab."""
    return page.get_by_role("tabpanel", name="Assigned").get_by_role("listitem").filter(has_text=name)


def _row_menu(page: Page, name: str, act: str) -> None:
    _choose(page, f"Actions for {name}", act)


def _more(page: Page, act: str) -> None:
    _choose(page, "More", act)


def _choose(page: Page, menu: str, act: str) -> None:
    expect(page.get_by_role("menu")).to_have_count(
        0
    )  # one that is closing takes the focus back, and so closes the next
    page.get_by_role("button", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=act, exact=True).click()
