"""The firm's own email template: written with a live preview, refused with its line, saved, sent, looked at, reset."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.axe import check_axe, inspect
from tests.browser.conftest import MAIL, Opener
from tests.browser.pages import go

PAGE = "/settings/email-template"
NOTE = "Please mind the second point."
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@pytest.fixture
def editor(person: Opener) -> Iterator[Page]:
    """The administrator's page; the standard template is in force again afterwards, for the journeys that follow."""
    page = person("administrator")
    _open(page)
    yield page
    _open(page)
    _reset(page)


def test_a_note_put_at_the_bottom_stands_there_in_the_mail(person: Opener, visitor: Opener, editor: Page, title: str) -> None:  # fmt: skip
    letter = editor.frame_locator("iframe[title='Email preview']").locator("body")
    expect(letter).to_contain_text("writes")
    inspect(editor, "template")

    body = editor.get_by_label("Body", exact=True)
    body.fill("Dear {{Recipient.firstname}},\n\n{{Update.body}}\n\n")
    problem = editor.get_by_text("Line 1: {{Recipient.firstname}} is not known. Did you mean {{Recipient.first_name}}?")
    expect(problem.first).to_be_visible()
    expect(letter).not_to_contain_text("Dear")  # the last good one stays
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_role("alert")).to_contain_text("Not saved.")
    expect(body).to_have_value("Dear {{Recipient.firstname}},\n\n{{Update.body}}\n\n")
    inspect(editor, "template-refused")

    editor.get_by_role("button", name="Show line 1").press("Enter")
    editor.keyboard.type("Dear ")
    editor.get_by_role("button", name="Insert Recipient.first_name").press("Enter")
    editor.keyboard.press("Control+End")
    editor.get_by_role("button", name="Insert Update.additional_note").press("Enter")
    expect(body).to_be_focused()
    expect(body).to_have_value("Dear {{Recipient.first_name}}\n\n{{Update.body}}\n\n{{Update.additional_note}}")
    expect(letter).to_contain_text("Dear")
    editor.get_by_label("With an additional note").uncheck()
    expect(letter).not_to_contain_text("writes")
    editor.get_by_label("With an additional note").check()
    expect(letter).to_contain_text("writes")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(_versions(editor)).to_contain_text(re.compile(r"Version \d+.*In force"))
    expect(editor.get_by_text("Not saved yet")).to_be_hidden()

    pages.send_to(pages.validated_update(manager := person("manager"), title), NOTE, Client_Contacts="Client C.")
    mailbox = visitor()
    go(mailbox, "/mailbox")
    pages.mails(mailbox, title).click(timeout=MAIL)
    mail = mailbox.frame_locator("iframe[title=Mail]").locator("body")
    expect(mail).to_contain_text("Dear Client")
    _stands_below(mail.inner_text())
    mailbox.get_by_role("radio", name="Plain text").click()
    _stands_below(mailbox.locator("pre").inner_text())
    assert manager


def test_versions_can_be_looked_at_restored_and_reset(editor: Page) -> None:
    _save(editor, "Our first words.\n\n{{Update.body}}")
    _save(editor, "Our second words.\n\n{{Update.body}}")
    _versions(editor).get_by_role("button", name="Look").nth(1).click()
    dialog = editor.get_by_role("dialog")
    expect(dialog.frame_locator("iframe").locator("body")).to_contain_text("Our first words.")
    expect(dialog.locator("pre")).to_contain_text("{{Update.body}}")
    inspect(editor, "template-version")
    dialog.get_by_role("button", name="Restore").click()
    expect(dialog).to_be_hidden()
    expect(editor.get_by_label("Body", exact=True)).to_have_value(re.compile("^Our first words."))
    _reset(editor)
    expect(editor.get_by_label("Body", exact=True)).to_have_value(re.compile("^###### {{Case.case_number}}"))


def test_what_is_typed_outlives_another_administrators_save_and_a_reload(person: Opener, editor: Page) -> None:
    body = editor.get_by_label("Body", exact=True)
    body.fill("Mine.\n\n{{Update.body}}")
    expect(editor.get_by_text("Not saved yet")).to_be_visible()
    other = person("administrator")
    _open(other)
    _save(other, "Theirs.\n\n{{Update.body}}")
    expect(_versions(editor)).to_contain_text(re.compile(r"Version \d+.*In force"))
    expect(body).to_have_value("Mine.\n\n{{Update.body}}")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_role("alert")).to_contain_text("Administrator A. saved another version in the meantime")
    editor.on("dialog", lambda asks: asks.accept())
    _open(editor)
    expect(body).to_have_value("Mine.\n\n{{Update.body}}")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("Saved. Updates are mailed like this from now on.")).to_be_visible()


def test_by_thumb_the_editor_comes_first_and_the_preview_below(person: Opener) -> None:
    page = person("administrator", **PHONE)
    _open(page)
    form, preview = (
        page.get_by_label("Body", exact=True).bounding_box(),
        page.get_by_title("Email preview").bounding_box(),
    )
    assert form is not None
    assert preview is not None
    assert form["y"] + form["height"] < preview["y"]
    for view in ("Plain text", "Phone", "HTML"):
        page.get_by_role("radio", name=view).tap()
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    page.get_by_role("button", name="Insert Update.url").tap()
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    check_axe(page)
    page.get_by_role("button", name="Reset", exact=True).tap()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    check_axe(page)


def test_who_does_not_manage_settings_sees_no_template(person: Opener) -> None:
    page = person("manager")
    go(page, PAGE)
    expect(page.get_by_text("You may not do this").first).to_be_visible()
    expect(page.get_by_label("Body", exact=True)).to_have_count(0)


def _open(page: Page) -> None:
    go(page, PAGE)
    expect(page.get_by_role("heading", name="Versions")).to_be_visible()


def _save(page: Page, body: str) -> None:
    page.get_by_label("Body", exact=True).fill(body)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. Updates are mailed like this from now on.")).to_be_visible()
    expect(page.get_by_text("Not saved yet")).to_be_hidden()
    page.get_by_role("button", name="Dismiss").click()


def _reset(page: Page) -> None:
    page.get_by_role("button", name="Reset", exact=True).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Reset").click()
    expect(page.get_by_role("alertdialog")).to_be_hidden()


def _versions(page: Page) -> Locator:
    return page.locator("section").filter(has=page.get_by_role("heading", name="Versions"))


def _stands_below(text: str) -> None:
    assert text.index("Nothing moved before two.") < text.index(NOTE)
