"""The gate for everybody: axe-core finds nothing on any step, it fits a phone, and the keyboard alone is enough."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import gate, pages
from tests.browser.axe import check_axe, inspect
from tests.browser.conftest import Opener
from tests.browser.pages import act

PARTNER = "partner@example.com"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


def test_every_step_is_accessible_and_fits_a_phone(person: Opener, visitor: Opener) -> None:
    mailbox, page = visitor(), visitor(**PHONE)
    before = gate.count_mails(mailbox, PARTNER)
    gate.send_links(person("manager"), "Partner C.")
    page.goto(gate.mailed_link(mailbox, PARTNER, after=before))
    expect(gate.heading(page, "Two files for you")).to_be_visible()
    _is_for_all(page, "gate-address")
    gate.ask(page, PARTNER)
    page.get_by_role("button", name="No code? What to do").tap()
    expect(page.get_by_text("Look into the folder for junk mail")).to_be_visible()
    _is_for_all(page, "gate-code")
    page.get_by_label("Verification code", exact=True).fill("1")
    page.get_by_role("button", name="Open files").tap()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    _is_for_all(page, "gate-wrong-code")
    gate.enter(page, gate.mailed_code(mailbox, PARTNER, after=before + 1))
    _is_for_all(page, "gate-files")


def test_the_gate_by_keyboard_alone(person: Opener, visitor: Opener) -> None:
    mailbox, page = visitor(), visitor(may_log="401|Framing")  # what the viewer still asks for after "Leave and lock"
    before = gate.count_mails(mailbox, PARTNER)
    gate.send_links(person("manager"), "Partner C.")
    page.goto(gate.mailed_link(mailbox, PARTNER, after=before))
    expect(page.get_by_label("Email address", exact=True)).to_be_focused()
    page.keyboard.type(PARTNER)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Verification code", exact=True)).to_be_focused()
    page.keyboard.insert_text(f" {gate.mailed_code(mailbox, PARTNER, after=before + 1)}\t".strip())  # pasted
    page.keyboard.press("Enter")
    expect(gate.heading(page, "Your files")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Leave and lock")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="View Interim report.pdf")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("iframe[title='View Interim report.pdf']")).to_be_visible()
    page.get_by_role("button", name="Leave and lock").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Email address", exact=True)).to_be_focused()


@pytest.mark.parametrize(("path", "status"), [("/l/no-such-link", 404), ("/l/" + "0" * 64, 404)])
def test_a_link_that_leads_nowhere_says_so_to_everybody(visitor: Opener, path: str, status: int) -> None:
    page = visitor(may_log=str(status), **PHONE)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    expect(gate.heading(page, "This link leads nowhere")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        check_axe(page)
    _fits(page)


def test_the_evidence_and_the_question_before_a_recall_are_accessible(person: Opener) -> None:
    page = person("manager")
    update = pages.open_case(page, gate.REPORT)
    act(update, "Show Recipients").click()
    sending = update.locator(".sending").last
    sending.get_by_role("button", name="Details of Partner C.").click()
    expect(sending.get_by_role("button", name="Revoke link")).to_be_visible()
    inspect(page, "recipients-evidence")
    sending.get_by_role("button", name="Recall").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    inspect(page, "recall")


def _is_for_all(page: Page, name: str) -> None:
    _fits(page)
    inspect(page, name)


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
