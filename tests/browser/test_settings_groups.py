"""Distribution groups: made in settings, ticked when sending, kept from the dialog; changed meanwhile, nothing goes out."""

import sqlite3

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.axe import inspect
from tests.browser.conftest import MAIL, Opener
from tests.browser.narrow import PHONE, fits, is_by_thumb
from tests.browser.pages import go, tick
from tests.browser.server import Server

PAGE = "/settings/distribution-groups"
SENT = "Interim report, first week"  # the demo firm's, with files


def test_a_group_by_rule_is_made_in_settings_ticked_on_a_case_and_sent(
    person: Opener, visitor: Opener, title: str
) -> None:
    administrator, manager, mailbox = person("administrator"), person("manager"), visitor()
    go(mailbox, "/mailbox")
    _make(
        administrator,
        title,
        rules=["Primary client contact"],
        people={"harbour": "Outsider O.", "analyst": "Analyst D."},
    )
    row = _row(administrator, title)
    expect(row).to_contain_text("Primary client contact")
    expect(row).to_contain_text("Analyst D., Outsider O.")

    update = pages.validated_update(manager, title)
    dialog = pages.open_sending(update)
    pages.choose(dialog, Distribution_Groups=title)
    dialog.get_by_role("button", name=f"2 of 3 people of {title}").click()
    members = dialog.get_by_role("list", name=f"Members of {title}")
    expect(members.get_by_role("listitem").filter(has_text="Client C.")).to_contain_text("Email + notification")
    expect(members.get_by_role("listitem").filter(has_text="Outsider O.")).to_contain_text("not on this case")
    inspect(manager, "send-groups")

    _join(administrator, title, "paralegal", "Paralegal P.")  # while the dialog is open
    pages.send_button(dialog).click()
    expect(dialog.get_by_role("alert")).to_have_text(
        f"The group “{title}” has changed: Paralegal P. joined. Look again, then send."
    )
    expect(members).to_contain_text("Paralegal P.")
    expect(dialog.get_by_text("3 recipients", exact=True)).to_be_visible()
    expect(tick(dialog, title)).to_be_checked()
    pages.send_button(dialog).click()
    expect(dialog).to_be_hidden()
    expect(pages.mails(mailbox, title)).to_have_count(3, timeout=MAIL)
    for name in ("client", "paralegal", "analyst"):
        expect(pages.mails(mailbox, title).filter(has_text=f"{name}@example.com")).to_have_count(1)

    row.get_by_role("button", name="Remove").click()
    asks = administrator.get_by_role("alertdialog", name=f"Remove “{title}”?")
    inspect(administrator, "group-remove")
    asks.get_by_role("button", name="Remove group").click()
    expect(row).to_have_count(0)


def test_a_refused_group_keeps_everything_typed_and_ticked(person: Opener, title: str) -> None:
    page = person("administrator")
    editor = _open_new(page)
    inspect(page, "group-new")
    editor.get_by_label("Name").fill(" usual   RECIPIENTS ")
    editor.get_by_label("All investigators on the case").check()
    for search, name in (("harbour", "Outsider O."), ("meridian para", "Paralegal P.")):
        editor.get_by_label("Find people to add").fill(search)
        expect(tick(editor, "Analyst D.")).to_have_count(0)
        page.keyboard.press("Enter")  # in the search: it saves nothing
        tick(editor, name).click()
        expect(tick(editor, name)).to_be_checked()
    editor.get_by_role("button", name="Save group").click()
    expect(editor.get_by_role("alert")).to_have_text(
        "There is a group “Usual recipients” already. Please choose another name."
    )
    expect(editor.get_by_label("Name")).to_have_value(" usual   RECIPIENTS ")
    expect(editor.get_by_label("All investigators on the case")).to_be_checked()
    expect(editor.get_by_role("list", name="People in this group")).to_contain_text("Outsider O.")
    inspect(page, "group-refused")
    editor.get_by_role("button", name="Take Outsider O. out").click()
    expect(editor.get_by_role("list", name="People in this group")).not_to_contain_text("Outsider O.")
    editor.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(_row(page, "Usual recipients")).to_have_count(1)
    inspect(page, "groups")


def test_the_chosen_people_are_kept_as_a_group_in_place(person: Opener, title: str) -> None:
    page = person("manager")
    dialog = pages.open_sending(pages.open_case(page, SENT))
    save = dialog.get_by_role("button", name="Save these as a group")
    pages.choose(dialog, Client_Contacts="Client C.")
    expect(save).to_have_count(0)  # one person is no group
    pages.choose(dialog, Unassigned_Staff="Analyst D.")
    save.click()
    name = dialog.get_by_label("Name of the group")
    expect(name).to_be_focused()
    page.keyboard.type("usual recipients")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert").filter(has_text="There is a group “Usual recipients” already")).to_be_visible()
    inspect(page, "send-naming")
    name.fill(title)
    page.keyboard.press("Enter")
    expect(tick(dialog, title)).to_be_checked()
    expect(dialog.get_by_text(f"Saved as “{title}”.")).to_be_visible()
    expect(tick(dialog, "Usual recipients")).to_have_attribute("aria-checked", "mixed")  # Client C. is in it too

    dialog.get_by_label("Find a person").fill(title[4:20])
    expect(dialog.get_by_role("group", name="Recipients").get_by_role("checkbox")).to_have_count(
        2
    )  # the group, its block
    tick(dialog, title).click()
    expect(dialog.get_by_text("0 recipients", exact=True)).to_be_visible()
    dialog.get_by_label("Find a person").fill("")
    expect(tick(dialog, "Client C.")).not_to_be_checked()


def test_a_group_is_made_by_keyboard_alone(person: Opener, title: str) -> None:
    page = person("administrator")
    go(page, PAGE)
    _tab_to(page.get_by_role("button", name="New group"))
    page.keyboard.press("Enter")
    editor = page.get_by_role("dialog", name="New distribution group")
    expect(editor.get_by_label("Name")).to_be_focused()
    page.keyboard.type(title)
    _tab_to(editor.get_by_label("Primary investigator"))
    page.keyboard.press("Space")
    _tab_to(editor.get_by_label("Find people to add"))
    page.keyboard.type("night")
    expect(tick(editor, "Client C.")).to_have_count(0)
    _tab_to(tick(editor, "Night Desk"))
    page.keyboard.press("Space")
    expect(tick(editor, "Night Desk")).to_be_checked()
    _tab_to(editor.get_by_role("button", name="Save group"))
    page.keyboard.press("Enter")
    expect(editor).to_be_hidden()
    expect(_row(page, title)).to_contain_text("Primary investigator")
    expect(_row(page, title)).to_contain_text("Night Desk")


def test_groups_fit_a_phone(person: Opener) -> None:
    page = person("administrator", **PHONE)
    editor = _open_new(page)
    tick(editor, "Analyst D.").tap()
    is_by_thumb(editor.get_by_role("button", name="Save group"))
    fits(page)
    editor.get_by_role("button", name="Close").tap()
    fits(page)

    dialog = pages.open_sending(pages.open_case(page, SENT))
    pages.block(dialog, "Distribution Groups").tap()
    tick(dialog, "Usual recipients").tap()
    dialog.get_by_role("button", name="of Usual recipients").tap()
    expect(dialog.get_by_role("list", name="Members of Usual recipients")).to_be_visible()
    dialog.get_by_role("button", name="Save these as a group").tap()
    fits(page)
    dialog.get_by_role("button", name="Cancel").tap()
    dialog.get_by_role("button", name="Next").tap()
    is_by_thumb(pages.send_button(dialog))


def test_settings_are_nobody_elses(person: Opener) -> None:
    page = person("manager")
    go(page, PAGE)
    expect(page.get_by_text("You may not do this.").first).to_be_visible()
    expect(page.get_by_text("Usual recipients")).to_have_count(0)


@pytest.fixture
def usually(server: Server):
    """Let the firm usually verify, for 30 days, far east of everybody."""
    path = server.data / "caseupdates.db"
    if not path.exists():
        pytest.fail("this journey looks into the SQLite file of the demo firm")

    def set_to(*values: object) -> None:
        with sqlite3.connect(path, timeout=10) as database:
            database.execute("UPDATE firm SET links_expire = ?, verify_identity = ?, time_zone = ?", values)

    set_to("30 days", True, "Pacific/Kiritimati")
    yield
    set_to("7 days", False, "UTC")


def test_the_dialog_begins_with_the_firms_defaults(person: Opener, usually: None) -> None:
    dialog = pages.open_sending(pages.open_case(person("manager"), SENT))
    expect(dialog.get_by_label("Links expire")).to_have_value("30 days")
    expect(tick(dialog, "Enable Identity Verification")).to_be_checked()
    dialog.get_by_label("Links expire").select_option("7 days")
    dialog.get_by_role("button", name="Close").click()
    again = pages.open_sending(pages.card(dialog.page, SENT))
    expect(again.get_by_label("Links expire")).to_have_value("7 days")  # what was chosen is kept


def test_what_waits_on_a_case_leads_to_the_update(person: Opener) -> None:
    page = person("manager")
    pages.open_case(page, SENT)
    waiting = page.get_by_role("region", name="Waiting")
    expect(waiting).to_contain_text("Not yet opened")
    expect(waiting).to_contain_text("Links ending this week")
    waiting.get_by_role("link", name=SENT).first.click()
    expect(page.get_by_role("region", name="Recipients")).to_contain_text("Partner C.")


def _open_new(page: Page) -> Locator:
    go(page, PAGE)
    page.get_by_role("button", name="New group").click()
    return page.get_by_role("dialog", name="New distribution group")


def _make(page: Page, name: str, *, rules: list[str], people: dict[str, str]) -> None:
    """Make a group: `people` are what is searched for, and who is then ticked."""
    editor = _open_new(page)
    editor.get_by_label("Name").fill(name)
    for rule in rules:
        editor.get_by_label(rule).check()
    for search, person in people.items():
        _take_in(editor, search, person)
    editor.get_by_role("button", name="Save group").click()
    expect(editor).to_be_hidden()


def _join(page: Page, group: str, search: str, person: str) -> None:
    _row(page, group).get_by_role("button", name="Edit").click()
    editor = page.get_by_role("dialog", name="Edit distribution group")
    _take_in(editor, search, person)
    editor.get_by_role("button", name="Save group").click()
    expect(_row(page, group)).to_contain_text(person)


def _take_in(editor: Locator, search: str, person: str) -> None:
    """Find somebody by words that find nobody else, and tick them."""
    editor.get_by_label("Find people to add").fill(search)
    expect(editor.get_by_role("group", name="People found").get_by_role("checkbox")).to_have_count(1)
    tick(editor, person).click()
    expect(editor.get_by_role("list", name="People in this group")).to_contain_text(person)


def _row(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("listitem").filter(has_text=name)


def _tab_to(target: Locator) -> None:
    expect(target).to_be_visible()
    for _ in range(60):
        if target.evaluate("each => each === document.activeElement"):
            return
        target.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")
