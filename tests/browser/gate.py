"""What journeys do at the gate: send links, take the link and the code out of the mailbox, go in."""

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser import pages
from tests.browser.conftest import MAIL
from tests.browser.pages import go

REPORT = "Interim report, first week"  # the demo firm's update with a PDF and a video


def send_links(manager: Page, person: str, *, verify: bool = True, title: str = REPORT) -> Locator:
    """Send the update's files as links to one client contact; the update's card."""
    update = pages.open_case(manager, title)
    dialog = pages.open_sending(update)
    pages.choose(dialog, Client_Contacts=person)
    expect(dialog.get_by_role("radio", name="Send links")).to_be_checked()
    if verify:
        pages.tick(dialog, "Enable Identity Verification").click()
        expect(pages.tick(dialog, "Enable Identity Verification")).to_be_checked()
    pages.send_button(dialog).click()
    expect(dialog).to_be_hidden()
    return update


def count_mails(mailbox: Page, address: str) -> int:
    """How many mails somebody has so far, so that the next one is known to be new."""
    go(mailbox, "/mailbox")
    expect(mailbox.get_by_role("listitem").first).to_be_visible()
    return _to(mailbox, address).count()


def newest_mail(mailbox: Page, address: str, subject: str, *, after: int) -> FrameLocator:
    """The mail that comes after the first `after` ones, opened."""
    expect(_to(mailbox, address)).to_have_count(after + 1, timeout=MAIL)
    newest = _to(mailbox, address).first
    expect(newest).to_contain_text(subject)
    newest.get_by_role("button").click()
    expect(mailbox.get_by_role("heading", name=subject)).to_be_visible()
    return mailbox.frame_locator("iframe[title=Mail]")


def mailed_link(mailbox: Page, address: str, *, after: int) -> str:
    """Where "Open the files" of the newest mail leads."""
    mail = newest_mail(mailbox, address, f"2026-0142: {REPORT}", after=after)
    link = mail.get_by_role("link", name="Open the files")
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""


def mailed_code(mailbox: Page, address: str, *, after: int) -> str:
    """The code of the newest mail, as it stands there: "1234 5678"."""
    mail = newest_mail(mailbox, address, "Your verification code", after=after)
    expect(mail.get_by_role("heading", name="Your verification code")).to_be_visible()
    found = re.search(r"\b\d{4} \d{4}\b", mail.locator("body").inner_text())
    assert found, "no code in the mail"
    return found[0]


def ask(page: Page, address: str) -> None:
    page.get_by_label("Email address", exact=True).fill(address)
    page.get_by_role("button", name="Send code").click()
    expect(page.get_by_label("Verification code", exact=True)).to_be_visible()


def enter(page: Page, code: str) -> None:
    page.get_by_label("Verification code", exact=True).fill(code)
    page.get_by_role("button", name="Open files").click()
    expect(heading(page, "Your files")).to_be_visible()


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name, exact=True)


def _to(mailbox: Page, address: str) -> Locator:
    return mailbox.get_by_role("listitem").filter(has_text=address)
