"""Settings for clients, roles and access groups; an update in a group without validation, from its making to its sending."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.axe import inspect
from tests.browser.conftest import Opener
from tests.browser.narrow import PHONE, fits
from tests.browser.pages import CASE, act, card, go

GROUP = "Working notes"  # stands after the others: tests that choose none begin with the first
PAGES = {
    # path: what adds a row, what changes one, the dialog it opens
    "/settings/clients": ("Add client", "Rename Meridian Freight Ltd", "Rename client"),
    "/settings/roles": ("Add role", "Edit Administrator", "Edit role"),
    "/settings/access-groups": ("Add access group", "Edit Public", "Edit access group"),
}


def test_a_group_without_validation_from_its_making_to_its_sending(person: Opener, title: str) -> None:
    administrator, investigator, manager = person("administrator"), person("investigator"), person("manager")
    go(administrator, "/settings/access-groups")
    _make_group_by_keyboard(administrator)
    row = administrator.get_by_role("listitem").filter(has_text=GROUP)
    expect(row).to_contain_text("Seen by Administrator, Case Manager and Investigator.")
    expect(row).to_contain_text(
        "Needs no validation: it can be sent as soon as it is saved. Does not move “Last update”."
    )

    go(manager, CASE)
    go(investigator, CASE)
    editor = pages.open_editor(investigator)
    pages.type_update(editor, title, "Ask the haulier for the gate log.", group=GROUP)
    expect(editor).to_contain_text(
        f"Updates in “{GROUP}” need no validation: this one can be sent as soon as it is saved."
    )
    inspect(investigator, "editor-without-validation")
    editor.get_by_role("button", name="Save Update").click()
    saved = f"Saved. Updates in “{GROUP}” need no validation: it can be sent now."
    expect(investigator.get_by_role("status").filter(has_text=saved)).to_be_visible()

    update = card(manager, title)
    expect(update).to_contain_text(re.compile(r"No validation needed · today \d\d:\d\d"))
    expect(act(update, "Validate")).to_have_count(0)
    pages.send_to(update, Investigators="Investigator R.")
    expect(update).to_contain_text("Sent once · 1 recipient")

    expect(card(investigator, title)).to_be_visible()
    _untick(administrator, row, "Investigator")
    expect(card(investigator, title)).to_have_count(0)  # without reload
    expect(update).to_be_visible()
    row.get_by_role("button", name="Remove").click()
    administrator.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    expect(administrator.get_by_role("alertdialog")).to_contain_text(
        f"Updates or drafts are in “{GROUP}”, so it stays."
    )


def test_a_client_and_a_role_are_added_changed_and_removed(person: Opener) -> None:
    page = person("administrator")
    for path, name, after in (
        ("/settings/clients", "Quay Holdings", "Quay Group"),
        ("/settings/roles", "Night watch", "Day watch"),
    ):
        add, *_ = PAGES[path]
        go(page, path)
        page.get_by_role("button", name=add).click()
        _name(page, name)
        _row(page, name).get_by_role("button", name=re.compile("Rename|Edit")).click()
        _name(page, after)
        expect(_row(page, name)).to_have_count(0)
        _row(page, after).get_by_role("button", name="Remove").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
        expect(_row(page, after)).to_have_count(0)
    go(page, "/settings/clients")
    page.get_by_label("Search clients").fill("meridian")
    expect(page.get_by_role("link", name="Add contact of Meridian Freight Ltd")).to_have_attribute(
        "href", re.compile(r"/settings/people\?add=\d+$")
    )
    expect(page.get_by_role("link", name="Client C.")).to_have_attribute("href", re.compile(r"/settings/people/\d+$"))
    expect(_row(page, "Harbour Street Lettings")).to_have_count(0)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_dialog_are_accessible_and_a_refusal_loses_nothing(person: Opener, path: str) -> None:
    page, (add, change, heading) = person("administrator"), PAGES[path]
    name = path.rpartition("/")[2]
    go(page, path)
    expect(page.get_by_role("button", name=change)).to_be_visible()
    inspect(page, name)
    page.get_by_role("button", name=change).click()
    expect(page.get_by_role("dialog", name=heading)).to_be_visible()
    inspect(page, f"{name}-change")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=change)).to_be_focused()
    page.get_by_role("button", name=add).click()
    dialog = page.get_by_role("dialog", name=add)
    dialog.get_by_label("Name", exact=True).fill("x" * 101)
    for box in dialog.get_by_role("checkbox").all()[:1]:
        box.check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_have_text("A name has at most 100 characters.")
    expect(dialog.get_by_label("Name", exact=True)).to_have_value("x" * 101)
    inspect(page, f"{name}-refused")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_dialog_fit_a_phone(person: Opener, path: str) -> None:
    page, (_, change, heading) = person("administrator", **PHONE), PAGES[path]
    go(page, path)
    page.get_by_role("button", name=change).tap()
    dialog = page.get_by_role("dialog", name=heading)
    expect(dialog.get_by_role("button", name="Save")).to_be_in_viewport(ratio=1)
    fits(page)
    dialog.get_by_role("button", name="Close").tap()
    expect(dialog).to_have_count(0)
    fits(page)


@pytest.mark.parametrize("path", PAGES)
def test_somebody_who_does_not_manage_settings_is_shown_nothing(person: Opener, path: str) -> None:
    page = person("manager")
    go(page, path)
    expect(page.get_by_role("main")).to_contain_text("You may not do this.")
    expect(page.get_by_role("listitem")).to_have_count(0)


def _make_group_by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="Add access group").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type(GROUP)
    for keys in (
        "Tab Space",
        "Tab Space",
        "Tab Space",
        "Tab",
        "Tab Space",
        "Tab Space",
    ):  # three roles; the two rules off
        for key in keys.split():
            page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Add access group")).to_be_focused()


def _untick(page: Page, row: Locator, role: str) -> None:
    row.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit access group")
    expect(dialog).to_contain_text("Roles you untick lose sight of every update in it at once")
    dialog.get_by_role("checkbox", name=role).uncheck()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


def _name(page: Page, name: str) -> None:
    """Give what the open form is about this name, and save it."""
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill(name)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(_row(page, name)).to_be_visible()


def _row(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=name)
