"""People under /settings: an administrator adds and invites somebody, who chooses a password and is in."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import inspect
from tests.browser.conftest import MAIL, Opener
from tests.browser.narrow import PHONE, fits
from tests.browser.pages import go, sign_in

PASSWORD = "harbour lights at dusk"


def test_somebody_is_added_invited_and_begins(person: Opener, visitor: Opener) -> None:
    page = person("administrator")
    dialog = _add_dialog(page)
    inspect(page, "person-add")
    _is_refused_with_nothing_lost(page, dialog)
    dialog.get_by_label("Email", exact=True).fill("nora@example.com")
    dialog.get_by_label("Kind").select_option("employee")
    expect(dialog.get_by_label("Client")).to_be_hidden()
    dialog.get_by_role("button", name="Add person").click()
    expect(dialog).to_be_hidden()
    expect(_row(page, "Nora New")).to_contain_text(re.compile(r"Employee · Investigator.*Invited, until", re.DOTALL))
    inspect(page, "people")

    address = _mailed_address(visitor(), "nora@example.com")
    newcomer = visitor(may_log="400")
    go(newcomer, address)
    expect(newcomer.get_by_role("heading", name="Welcome, Nora New")).to_be_visible()
    expect(newcomer.get_by_text("Administrator A. of Harbour Investigations invited you")).to_be_visible()
    inspect(newcomer, "invitation")
    _begin(newcomer, "too short")
    expect(newcomer.get_by_role("alert")).to_contain_text("12 to 256 characters")
    expect(newcomer.get_by_label("Password")).to_have_value("too short")
    _begin(newcomer, PASSWORD)
    expect(newcomer).to_have_url(re.compile("/cases$"))
    expect(newcomer.get_by_role("button", name="Menu of Nora New")).to_be_visible()
    expect(_row(page, "Nora New")).to_contain_text("Can sign in")  # live, in the administrator's open page

    later = visitor(may_log="410")
    go(later, address)
    expect(later.get_by_text("This invitation has been used")).to_be_visible()
    inspect(later, "invitation-used")
    _is_changed_and_archived(page, newcomer)


def test_opening_an_invitation_as_somebody_else_says_so_and_signs_them_out(person: Opener, visitor: Opener) -> None:
    page = person("administrator")
    go(page, "/settings/people?search=staff")
    _row(page, "Staff T.").click()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text(re.compile("Invited, until")).first).to_be_visible()
    browser = person("colleague", anew=True)
    go(browser, _mailed_address(visitor(), "staff@example.com"))
    expect(browser.get_by_text("Colleague S. is signed in with this browser, and will be signed out")).to_be_visible()
    inspect(browser, "invitation-as-somebody-else")
    _begin(browser, PASSWORD)
    expect(browser.get_by_role("button", name="Menu of Staff T.")).to_be_visible()


def test_whoever_forgot_their_password_chooses_another_and_changes_it(visitor: Opener) -> None:
    page = visitor()
    go(page, "/sign-in")
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
    inspect(page, "forgotten")
    page.get_by_label("Email", exact=True).fill("outsider@example.com")
    page.get_by_role("button", name="Send email").click()
    expect(page.get_by_text("an email is on its way")).to_be_visible()
    inspect(page, "forgotten-sent")
    go(page, _mailed_address(visitor(), "outsider@example.com"))
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
    _begin(page, PASSWORD)
    expect(page).to_have_url(re.compile("/cases$"))

    go(page, "/profile/security")
    for current, new, says in (
        ("not the password", "case-updates-demo", "The current password is not right."),
        (PASSWORD, "case-updates-demo", ""),
    ):
        page.get_by_label("Current password").fill(current)
        page.get_by_label("New password").fill(new)
        page.get_by_role("button", name="Change password").click()
        if says:
            expect(page.get_by_text(says)).to_be_visible()
            expect(page.get_by_label("New password")).to_have_value(new)
            inspect(page, "change-password")
    expect(page.get_by_text("Password changed.")).to_be_visible()
    expect(page.get_by_label("New password")).to_have_value("")
    sign_in(visitor(), "outsider")


def test_a_person_is_changed_by_keyboard(person: Opener) -> None:
    page = person("administrator")
    go(page, "/settings/people?search=analyst")
    _row(page, "Analyst D.").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name")).to_have_value("Analyst D.")
    page.get_by_label("Role").focus()
    page.keyboard.type("Case")
    expect(page.get_by_text("send updates, upload files")).to_be_visible()
    page.get_by_label("Add an alias").focus()
    page.keyboard.type("manager@example.com")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Manager G. already has the address manager@example.com.")).to_be_visible()
    page.get_by_label("Add an alias").fill("a.d@example.com")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove a.d@example.com")).to_be_visible()
    page.get_by_role("button", name="Archive").focus()
    page.keyboard.press("Enter")
    question = page.get_by_role("alertdialog", name="Archive Analyst D.?")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    inspect(page, "person-archive")
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(page.get_by_role("button", name="Archive")).to_be_focused()


def test_people_fit_a_phone(person: Opener) -> None:
    page = person("administrator", **PHONE)
    go(page, "/settings/people")
    expect(_row(page, "Accounts O.")).to_contain_text("Bounced")
    fits(page)
    page.get_by_role("button", name="Add person").tap()
    expect(page.get_by_role("dialog", name="Add person")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Close").tap()
    _row(page, "Accounts O.").tap()
    expect(page.get_by_text("Nothing is mailed to it until you reactivate it")).to_be_visible()
    fits(page)


def _add_dialog(page: Page) -> Locator:
    go(page, "/settings/people")
    page.get_by_role("button", name="Add person").click()
    dialog = page.get_by_role("dialog", name="Add person")
    expect(dialog.get_by_label("Invite by email")).to_be_checked()
    return dialog


def _is_refused_with_nothing_lost(page: Page, dialog: Locator) -> None:
    dialog.get_by_label("Name").fill("Nora New")
    dialog.get_by_label("Email", exact=True).fill("manager@example.com")
    dialog.get_by_role("button", name="Add person").click()
    expect(dialog.get_by_role("alert")).to_have_text("Manager G. already has the address manager@example.com.")
    dialog.get_by_label("Kind").select_option("client contact")
    expect(dialog.get_by_label("Role").locator("option")).to_have_text(["Client Contact"])
    dialog.get_by_role("button", name="Add person").click()
    expect(dialog.get_by_role("alert")).to_have_text("Please choose the client they belong to.")
    expect(dialog.get_by_label("Name")).to_have_value("Nora New")
    inspect(page, "person-refused")


def _mailed_address(mailbox: Page, to: str) -> str:
    """Where the newest mail to this address leads."""
    go(mailbox, "/mailbox")
    mailbox.get_by_role("listitem").filter(has_text=to).filter(
        has_text=re.compile("invites you|new password")
    ).first.get_by_role("button").click(timeout=MAIL)
    link = mailbox.frame_locator("iframe[title=Mail]").get_by_role("link", name=re.compile("Choose"))
    return str(link.get_attribute("href"))


def _begin(page: Page, password: str) -> None:
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Begin").click()


def _row(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link").filter(has_text=name)


def _is_changed_and_archived(page: Page, newcomer: Page) -> None:
    _row(page, "Nora New").click()
    expect(page.get_by_text("They have a password and can sign in.")).to_be_visible()
    expect(page.get_by_text("Chrome")).to_be_visible()
    page.get_by_label("Name").fill("Nora Newer")
    page.get_by_label("Full").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Nora Newer")).to_be_visible()
    inspect(page, "person")
    page.get_by_role("button", name="Archive").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Archive").click()
    expect(page.get_by_text("Archived: nobody signs in.")).to_be_visible()
    expect(newcomer).to_have_url(re.compile("/sign-in"))  # at once, in their open page
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_role("button", name="Archive")).to_be_visible()
