"""The editor: preview, a draft that survives, refusals that lose nothing, revisions, replies, two people at once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.conftest import Opener
from tests.browser.pages import CASE, act, card, go

PAUSE = 800  # milliseconds: a draft is kept at every pause of 400


def test_a_preview_shows_the_markdown_as_it_will_be_read(person: Opener) -> None:
    editor = _editor(person("investigator"))
    _body(editor).fill("**Two** vehicles\n\n- a van\n\n<script>alert(1)</script>")
    _show(editor, "Preview")
    preview = editor.get_by_role("region", name="Preview")
    expect(preview.locator("strong")).to_have_text("Two")
    expect(preview.get_by_role("listitem")).to_have_text("a van")
    expect(preview).to_contain_text("<script>alert(1)</script>")  # said, not run
    _show(editor, "Write")
    expect(_body(editor)).to_have_value("**Two** vehicles\n\n- a van\n\n<script>alert(1)</script>")


def test_a_draft_survives_a_closed_tab_and_can_be_discarded(person: Opener, title: str) -> None:
    page = person("investigator")
    editor = _editor(page)
    pages.type_update(editor, title, "Half a sentence", group="Staff only")
    page.wait_for_timeout(PAUSE)
    page.close()

    editor = _editor(page.context.new_page())
    expect(editor.get_by_label("Title", exact=True)).to_have_value(title)
    expect(_body(editor)).to_have_value("Half a sentence")
    expect(editor.get_by_label("Access Group").locator("option:checked")).to_have_text("Staff only")
    editor.get_by_role("button", name="Discard").click()
    expect(_body(editor)).to_have_value("")
    editor.get_by_role("button", name="Close").click()

    editor = pages.open_editor(editor.page)
    expect(_body(editor)).to_have_value("")
    expect(editor.get_by_role("button", name="Discard")).to_have_count(0)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("Title", "Please give the update a title."), ("Body", "Please write something in the body.")],
)
def test_what_is_missing_is_said_beside_the_button_and_nothing_typed_is_lost(
    person: Opener, title: str, missing: str, sentence: str
) -> None:
    page = person("investigator")
    editor = _editor(page)
    typed = {"Title": title, "Body": "All that was seen."}
    pages.type_update(editor, *typed.values())
    editor.get_by_label(missing, exact=True).fill("  ")
    _save(editor)
    expect(editor.get_by_role("alert")).to_have_text(sentence)
    kept = next(label for label in typed if label != missing)
    expect(editor.get_by_label(kept, exact=True)).to_have_value(typed[kept])
    editor.get_by_label(missing, exact=True).fill(typed[missing])
    expect(editor.get_by_text(sentence)).to_have_count(0)
    _save(editor)
    expect(card(page, title)).to_contain_text("All that was seen.")


def test_an_edit_is_validated_again_and_says_who_holds_what_it_was_before(person: Opener, title: str) -> None:
    page = person("manager")
    update = pages.validated_update(page, title, body="First words.")
    pages.send_to(update, Client_Contacts="Client C.")

    editor = _open(update, "Edit")
    expect(editor.get_by_label("Title", exact=True)).to_have_value(title)
    _body(editor).fill("Second words.")
    _save(editor)
    expect(editor).to_be_hidden()
    expect(update.get_by_text("Not validated")).to_be_visible()
    expect(act(update, "Send")).to_have_count(0)
    expect(update.get_by_text("1 holds an older revision")).to_be_visible()

    act(update, "Validate").click()
    expect(update.get_by_text("1 holds an older revision")).to_be_visible()
    pages.send_to(update, Client_Contacts="Client C.")
    expect(update).to_contain_text("Sent twice · 1 recipient")
    expect(update.get_by_text("older revision")).to_have_count(0)
    act(update, "Show Recipients").click()
    expect(update.get_by_text("they hold revision 1 of 2")).to_be_visible()


def test_a_reply_names_what_it_answers(person: Opener, title: str) -> None:
    page = person("manager")
    editor = _open(pages.validated_update(page, title), "Reply")
    expect(editor.get_by_label("Title", exact=True)).to_have_value(f"Re: {title}")
    _body(editor).fill("Seen.")
    _save(editor)
    answered = card(page, f"Re: {title}").get_by_role("link", name=title, exact=True)
    expect(answered).to_be_visible()
    answered.click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)


def test_of_two_people_editing_the_second_is_told_and_loses_nothing(person: Opener, title: str) -> None:
    investigator, manager = person("investigator"), person("manager")
    go(investigator, CASE)
    go(manager, CASE)
    pages.write_update(investigator, title)
    hers, his = _open(card(investigator, title), "Edit"), _open(card(manager, title), "Edit")
    _body(hers).fill("What the investigator adds.")
    _body(his).fill("What the manager adds.")
    _save(his)
    expect(his).to_be_hidden()
    _save(hers)
    expect(hers.get_by_role("alert")).to_contain_text("Manager G. has changed this update in the meantime.")
    expect(_body(hers)).to_have_value("What the investigator adds.")
    expect(card(manager, title)).to_contain_text("What the manager adds.")


def _editor(page: Page) -> Locator:
    go(page, CASE)
    return pages.open_editor(page)


def _open(update: Locator, name: str) -> Locator:
    """Press "Edit" or "Reply" of an update; the editor."""
    act(update, name).click()
    return update.page.get_by_role("dialog")


def _body(editor: Locator) -> Locator:
    return editor.get_by_label("Body", exact=True)


def _show(editor: Locator, side: str) -> None:
    editor.get_by_role("radio", name=side).click()


def _save(editor: Locator) -> None:
    editor.get_by_role("button", name="Save Update").click()
