"""The firm makes it its own: its name, its logo, its time zone, its switches; seen by those inside and outside."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import gate, pages
from tests.browser.axe import inspect
from tests.browser.conftest import Opener
from tests.browser.narrow import PHONE, fits
from tests.browser.pages import go
from tests.files.pictures import SVG, png

FIRM, SWITCHES = "/settings/firm", "/settings/notifications"
ONCE = "My link was refused or has expired"  # a kind no other journey waits for


@pytest.fixture
def administrator(person: Opener) -> Iterator[Page]:
    """The administrator's page; afterwards the firm is as the other journeys know it."""
    page = person("administrator", may_log="415")  # a picture that is none
    yield page
    go(page, FIRM)
    if page.get_by_role("button", name="Remove", exact=True).count():
        _remove_logo(page)
    section = _section(page, "Name and contact")
    section.get_by_label("Contact for outsiders").fill("Questions? Call 020 7946 0000.")
    _save(section)


def test_the_firms_name_and_logo_stand_on_every_page_at_once(
    administrator: Page, person: Opener, visitor: Opener
) -> None:
    manager, mailbox, guest = person("manager"), visitor(), visitor(may_log="404")
    before = gate.count_mails(mailbox, "client@example.com")
    gate.send_links(manager, "Client C.", verify=False)
    link = gate.mailed_link(mailbox, "client@example.com", after=before)
    _upload(administrator, "logo.svg", SVG)
    expect(
        administrator.get_by_role("alert").filter(has_text="This is not a whole PNG, JPEG or WebP picture")
    ).to_be_visible()
    administrator.get_by_role("button", name="Dismiss logo.svg").or_(
        administrator.get_by_role("button", name="Dismiss")
    ).first.click()
    _upload(administrator, "logo.png", png(200, 52))
    expect(administrator.get_by_role("img", name="The firm’s logo as it is now")).to_be_visible()
    section = _section(administrator, "Name and contact")
    section.get_by_label("Contact for outsiders").fill("Call the night desk, 020 7946 0999.")
    _save(section)
    inspect(administrator, "settings-firm-logo")

    _is_drawn(manager.get_by_role("banner").locator("img.logo"))  # the page was open all the while
    go(guest, link)
    _is_drawn(guest.locator(".brand img.logo"))
    expect(guest.get_by_role("main")).to_contain_text("Call the night desk, 020 7946 0999.")
    inspect(guest, "gate-logo")
    for path in ("/sign-in", "/l/nothing"):
        guest.goto(path)
        _is_drawn(guest.locator(".brand img.logo"))
    _prints_with_its_head(manager)
    _remove_logo(administrator)
    expect(manager.get_by_role("banner").locator("img.logo")).to_have_count(0)


def _prints_with_its_head(page: Page) -> None:
    head = page.locator(".print-head")
    expect(head).to_be_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(head).to_contain_text(re.compile(r"Harbour Investigations.*Case 2026-0142.*Printed \d{1,2} \w+ \d{4}"))
    _is_drawn(head.locator("img.logo"))
    pages.shot(page, "print")
    page.emulate_media(media="screen")


def test_a_refused_section_keeps_what_was_typed_and_a_saved_one_stays(administrator: Page) -> None:
    go(administrator, FIRM)
    section = _section(administrator, "Name and contact")
    section.get_by_label("Reply address").fill("not an address")
    section.get_by_label("Contact for outsiders").fill("Ask us.")
    section.get_by_role("button", name="Save").click()
    expect(section.get_by_role("alert")).to_contain_text("This is not an email address.")
    expect(section.get_by_label("Contact for outsiders")).to_have_value("Ask us.")
    inspect(administrator, "settings-firm-refused")
    section.get_by_label("Reply address").fill("")
    _save(section)
    expect(section.get_by_text("This is not an email address.")).to_have_count(0)
    go(administrator, FIRM)
    expect(_section(administrator, "Name and contact").get_by_label("Contact for outsiders")).to_have_value("Ask us.")


def test_by_keyboard_the_last_day_at_the_gate_is_said_in_the_firms_zone(
    administrator: Page, person: Opener, visitor: Opener
) -> None:
    mailbox, guest, said = visitor(), visitor(), []
    before = gate.count_mails(mailbox, "partner@example.com")
    gate.send_links(person("manager"), "Partner C.", verify=False)
    link = gate.mailed_link(mailbox, "partner@example.com", after=before)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"):  # 25 hours apart: never the same day
        go(administrator, FIRM)
        section = _section(administrator, "Time zone")
        section.get_by_label("Time zone").select_option(zone)
        expect(section.get_by_text(re.compile(r"It is \d\d:\d\d there now, on \w+day"))).to_be_visible()
        section.get_by_label("Time zone").focus()
        administrator.keyboard.press("Tab")
        administrator.keyboard.press("Enter")
        expect(administrator.get_by_text("Saved.")).to_be_visible()
        go(guest, link)
        said.append(guest.get_by_text("Available until").inner_text())
    assert said[0] != said[1]


def test_a_kind_the_firm_silences_is_shown_so_to_everybody(administrator: Page, person: Opener) -> None:
    go(administrator, SWITCHES)
    inspect(administrator, "settings-notifications")
    _switch(administrator, ONCE).click()
    expect(administrator.get_by_text(re.compile(r"Switched off today \d\d:\d\d by Administrator A\."))).to_be_visible()
    client = person("client")
    go(client, "/profile/preferences")
    expect(_switch(client, ONCE)).to_be_disabled()
    expect(_switch(client, ONCE)).not_to_be_checked()
    expect(client.get_by_text("The firm sends no email for this.")).to_have_count(1)
    inspect(client, "preferences-silenced")
    _switch(administrator, ONCE).click()
    expect(administrator.get_by_text("Switched off")).to_have_count(0)


def test_case_updates_are_silenced_only_after_a_question(administrator: Page, person: Opener) -> None:
    go(administrator, SWITCHES)
    _switch(administrator, "Case update").click()
    question = administrator.get_by_role("alertdialog")
    expect(question).to_contain_text(re.compile(r"\d+ people have an email address and no way to sign in"))
    inspect(administrator, "settings-notifications-ask")
    question.get_by_role("button", name="Cancel").click()
    expect(_switch(administrator, "Case update")).to_be_checked()
    _switch(administrator, "Case update").click()
    question.get_by_role("button", name="Switch off").click()
    expect(_switch(administrator, "Case update")).not_to_be_checked()
    try:
        dialog = pages.open_sending(pages.open_case(person("manager"), gate.REPORT))
        pages.block(dialog, "Client Contacts").click()
        expect(dialog.get_by_text("the firm sends no email for case updates", exact=True).first).to_be_visible()
        expect(
            dialog.get_by_text("the firm sends no email for case updates, and they cannot sign in").first
        ).to_be_visible()
    finally:
        _switch(administrator, "Case update").click()
        expect(_switch(administrator, "Case update")).to_be_checked()


@pytest.mark.parametrize(
    ("path", "words"),
    [(FIRM, "What a sending begins with"), (SWITCHES, "Assigned to a case"), ("/settings/history", "update written")],
)
def test_a_page_of_the_firm_fits_a_phone(person: Opener, path: str, words: str) -> None:
    page = person("administrator", **PHONE)
    go(page, path)
    expect(page.get_by_text(words).first).to_be_visible()
    fits(page)


@pytest.mark.parametrize("path", [FIRM, SWITCHES, "/settings/history"])
def test_somebody_else_finds_nothing_there(person: Opener, path: str) -> None:
    page = person("manager")
    go(page, path)
    expect(page.get_by_role("main").get_by_text("You may not do this.")).to_be_visible()
    expect(page.get_by_role("main").locator("form, [role=switch], .history")).to_have_count(0)


def _section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _save(section: Locator) -> None:
    section.get_by_role("button", name="Save").click()
    expect(section.page.get_by_text("Saved.")).to_be_visible()


def _upload(page: Page, name: str, content: bytes) -> None:
    if FIRM not in page.url:
        go(page, FIRM)
    expect(_section(page, "Name and contact")).to_be_visible()
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "image/png", "buffer": content})


def _remove_logo(page: Page) -> None:
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove logo").click()
    expect(page.get_by_text("No logo yet")).to_be_visible()


def _switch(page: Page, label: str) -> Locator:
    return page.get_by_role("switch", name=f"Email: {label}", exact=True)


def _is_drawn(picture: Locator) -> None:
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    expect(picture).to_have_js_property("naturalWidth", 200)
