"""Sending: what each person will get and why, whom a tick means, and that nothing goes out twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.conftest import MAIL, Opener
from tests.browser.pages import CASE, NOTIFICATIONS, act, block, card, go, tick

NOTE = "Please read before Friday's call."
PUBLIC, STAFF_ONLY = "Opening note", "Vehicle list for the night desk"  # the demo firm's, validated


@pytest.fixture
def client_without_email(person: Opener) -> Iterator[Page]:
    client = person("client")
    _switch_email(client, on=False)
    yield client
    _switch_email(client, on=True)


def test_who_wants_no_email_gets_the_notification_only(
    client_without_email: Page, person: Opener, visitor: Opener, title: str
) -> None:
    client, manager, mailbox = client_without_email, person("manager"), visitor()
    go(client, NOTIFICATIONS)
    go(mailbox, "/mailbox")
    update = pages.validated_update(manager, title)
    dialog = pages.open_sending(update)
    pages.choose(dialog, Client_Contacts="Client C.", Investigators="Investigator R.")
    expect(_row(dialog, "Client C.")).to_contain_text("Notification only")
    expect(_row(dialog, "Client C.")).to_contain_text("wants no email for case updates")
    expect(dialog.get_by_text("1 email + notification · 1 notification only")).to_be_visible()
    pages.send_button(dialog).click()

    expect(card(client, title)).to_be_visible()
    act(update, "Show Recipients").click()
    expect(pages.recipient(update, "Client C.")).to_contain_text("Not emailed (preference)")
    expect(pages.recipient(update, "Investigator R.")).to_contain_text("Accepted", timeout=MAIL)
    expect(pages.mails(mailbox, title)).to_have_count(1)
    expect(pages.mails(mailbox, title)).to_contain_text("investigator@example.com")


def test_a_blocked_person_cannot_be_ticked_and_says_why(person: Opener) -> None:
    dialog = _offer(person, PUBLIC)
    block(dialog, "Client Contacts").click()
    expect(_row(dialog, "Accounts O.")).to_contain_text("Blocked")
    expect(_row(dialog, "Accounts O.")).to_contain_text("the address bounced on")
    expect(tick(dialog, "Accounts O.")).to_be_disabled()
    _row(dialog, "Accounts O.").click(force=True)  # Playwright would wait for it to be enabled
    expect(tick(dialog, "Accounts O.")).not_to_be_checked()
    expect(dialog.get_by_text("0 recipients", exact=True)).to_be_visible()
    expect(pages.send_button(dialog)).to_be_disabled()


def test_staff_only_cannot_go_to_a_client(person: Opener) -> None:
    dialog = _offer(person, STAFF_ONLY)
    block(dialog, "Client Contacts").click()
    expect(_row(dialog, "Client C.")).to_contain_text("may not see “Staff only” updates")
    expect(tick(dialog, "All Client Contacts")).to_be_disabled()


def test_the_selector_searches_and_a_block_ticks_all_it_can(person: Opener) -> None:
    dialog = _offer(person, PUBLIC)
    block(dialog, "Client Contacts").click()
    row = tick(dialog, "Paralegal P.").element_handle()
    dialog.get_by_label("Find a person").fill("para")
    expect(dialog.get_by_role("checkbox")).to_have_count(2)
    # While the list changes under the pointer a row stays the same person's: a click ticks nobody else.
    assert row.evaluate("each => each.isConnected && each.getAttribute('aria-label')") == "Paralegal P."
    block(dialog, "Client Contacts").click()
    expect(dialog.get_by_role("checkbox")).to_have_count(2)  # the person's and the block's
    dialog.get_by_label("Find a person").fill("")
    expect(block(dialog, "Unassigned Staff")).to_be_visible()
    expect(tick(dialog, "Paralegal P.")).to_have_count(0)

    tick(dialog, "All Client Contacts").click()
    expect(dialog.get_by_text("3 recipients", exact=True)).to_be_visible()  # the fourth is blocked
    block(dialog, "Client Contacts").click()
    tick(dialog, "Paralegal P.").click()
    expect(dialog.get_by_text("2 recipients", exact=True)).to_be_visible()
    expect(tick(dialog, "All Client Contacts")).to_have_attribute("aria-checked", "mixed")


def test_a_distribution_group_ticks_its_people(person: Opener) -> None:
    dialog = _offer(person, PUBLIC)
    pages.choose(dialog, Distribution_Groups="Usual recipients")
    expect(dialog.get_by_text("3 recipients", exact=True)).to_be_visible()
    block(dialog, "Client Contacts").click()
    for name in ("Client C.", "Partner C."):
        expect(tick(dialog, name)).to_be_checked()
    tick(dialog, "Usual recipients").click()
    expect(tick(dialog, "Client C.")).not_to_be_checked()
    expect(dialog.get_by_text("0 recipients", exact=True)).to_be_visible()


def test_a_preview_is_the_mail_of_one_chosen_recipient(person: Opener) -> None:
    dialog = _offer(person, PUBLIC)
    pages.choose(dialog, Client_Contacts="Client C.", Unassigned_Staff="Analyst D.")
    dialog.get_by_label("Additional Note").fill(NOTE)
    dialog.get_by_role("button", name="Preview").click()
    letter = dialog.frame_locator("iframe").locator("body")
    link = letter.get_by_role("link")
    dialog.get_by_label("Preview as").select_option("Client C.")
    expect(letter).to_contain_text(NOTE)
    expect(letter.locator("strong", has_text="Two observers")).to_be_visible()
    expect(link).to_have_count(1)
    dialog.get_by_label("Preview as").select_option("Analyst D.")
    expect(link).to_have_count(0)  # cannot sign in, so there is no page to open
    dialog.get_by_role("button", name="Back to the note").click()
    expect(dialog.get_by_label("Additional Note")).to_have_value(NOTE)


def test_a_double_click_sends_once(person: Opener, title: str) -> None:
    manager, client = person("manager"), person("client")
    go(client, NOTIFICATIONS)
    update = pages.validated_update(manager, title)
    dialog = pages.open_sending(update)
    pages.choose(dialog, Client_Contacts="Client C.")
    pages.send_button(dialog).dblclick()
    expect(dialog).to_be_hidden()
    expect(update).to_contain_text("Sent once · 1 recipient")
    expect(card(client, title)).to_have_count(1)


def test_of_two_people_sending_at_once_the_second_is_told(person: Opener, title: str) -> None:
    manager, administrator = person("manager"), person("administrator")
    hers = pages.validated_update(manager, title)
    go(administrator, CASE)
    first, second = pages.open_sending(hers), pages.open_sending(card(administrator, title))
    for dialog in (first, second):
        pages.choose(dialog, Client_Contacts="Client C.")
    second.get_by_label("Additional Note").fill(NOTE)
    pages.send_button(first).click()
    expect(first).to_be_hidden()
    pages.send_button(second).click()
    expect(second.get_by_role("alert")).to_contain_text("Manager G. has just sent this update.")
    expect(tick(second, "Client C.")).to_be_checked()
    expect(second.get_by_label("Additional Note")).to_have_value(NOTE)
    expect(hers).to_contain_text("Sent once · 1 recipient")


def test_undo_takes_it_back(person: Opener, visitor: Opener, title: str) -> None:
    manager, client, mailbox = person("manager"), person("client"), visitor()
    go(client, NOTIFICATIONS)
    go(mailbox, "/mailbox")
    update = pages.validated_update(manager, title)
    pages.send_to(update, Client_Contacts="Client C.")
    expect(card(client, title)).to_be_visible()
    act(update, "Undo").click()
    expect(card(client, title)).to_have_count(0)
    expect(update).to_contain_text("Not sent yet")
    expect(act(update, "Undo")).to_have_count(0)

    after = f"{title}, after it"  # once this has come by mail, the other would have
    pages.send_to(pages.validated_update(manager, after), Client_Contacts="Client C.")
    expect(pages.mails(mailbox, after)).to_have_count(1, timeout=MAIL)
    expect(pages.mails(mailbox, title)).to_have_count(1)


def test_undo_ends_when_the_mails_leave(person: Opener, title: str) -> None:
    update = pages.validated_update(person("manager"), title)
    pages.send_to(update, Client_Contacts="Client C.")
    expect(act(update, "Undo")).to_be_visible()
    expect(act(update, "Undo")).to_have_count(0, timeout=MAIL)
    expect(update).to_contain_text("Sent once · 1 recipient")


def test_a_refused_sending_keeps_everything_chosen(person: Opener, title: str) -> None:
    manager, investigator = person("manager"), person("investigator")
    go(investigator, CASE)
    pages.write_update(investigator, title)
    go(manager, CASE)
    act(card(manager, title), "Validate").click()
    dialog = pages.open_sending(card(manager, title))
    pages.choose(dialog, Client_Contacts="Client C.", Investigators="Investigator S.")
    dialog.get_by_label("Additional Note").fill(NOTE)

    act(card(investigator, title), "Edit").click()
    editor = investigator.get_by_role("dialog")
    editor.get_by_label("Body", exact=True).fill("It moved after all.")
    editor.get_by_role("button", name="Save Update").click()
    expect(editor).to_be_hidden()

    pages.send_button(dialog).click()
    expect(dialog.get_by_role("alert")).to_have_text("This update is not validated yet, so it cannot be sent.")
    for name in ("Client C.", "Investigator S."):
        expect(tick(dialog, name)).to_be_checked()
    expect(dialog.get_by_label("Additional Note")).to_have_value(NOTE)
    expect(dialog.get_by_text("2 recipients", exact=True)).to_be_visible()


def _offer(person: Opener, title: str) -> Locator:
    """The dialog of an update that is there already; nothing is sent."""
    return pages.open_sending(pages.open_case(person("manager"), title))


def _row(dialog: Locator, name: str) -> Locator:
    return dialog.locator("label").filter(has=dialog.page.get_by_role("checkbox", name=name, exact=True))


def _switch_email(client: Page, *, on: bool) -> None:
    """Under Preferences, turn email about case updates on or off."""
    go(client, "/profile/preferences")
    switch = client.get_by_role("switch", name="Email: Case update")
    expect(switch).to_be_checked(checked=not on)
    switch.click()
    expect(client.get_by_text("Saved.")).to_be_visible()
    expect(switch).to_be_checked(checked=on)
