"""A mail scanner that opens every link in a browser and runs its scripts, but presses nothing: nothing is counted."""

from playwright.sync_api import expect

from tests.browser import gate
from tests.browser.conftest import Opener
from tests.browser.pages import act

TIMES = 20
PARTNER = "partner@example.com"


def test_a_browser_that_only_looks_leaves_no_trace(person: Opener, visitor: Opener) -> None:
    manager, mailbox = person("manager"), visitor()
    links = []
    for verify in (True, False):
        before = gate.count_mails(mailbox, PARTNER)
        update = gate.send_links(manager, "Partner C.", verify=verify)
        links.append(gate.mailed_link(mailbox, PARTNER, after=before))
    mails = gate.count_mails(mailbox, PARTNER)
    for number in range(TIMES):
        scanner = visitor()
        scanner.goto(links[number % 2])
        expect(gate.heading(scanner, "Two files for you")).to_be_visible()
        scanner.context.close()
    act(update, "Show Recipients").click()
    for number in (0, 1):
        sending = update.locator(".sending").nth(number)
        sending.get_by_role("button", name="Details of Partner C.").click()
        expect(sending).to_contain_text("Nobody has opened this link yet.")
        expect(sending).not_to_contain_text("Opened, not verified")
    assert gate.count_mails(mailbox, PARTNER) == mails
